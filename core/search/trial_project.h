// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/source_facts.h"
#include "project/project.h"
#include "search/search_axis.h"

namespace netloom {

/// Reads "lr=1e-4..1e-1:log", "fc1.out_features=32|64|128", "block1.repeat=1..4" or "act1.type=ReLU|GELU". A name without a node is one of
/// the recipe's. After a range: ":log" for equal ratios, ":step=8" between whole numbers, ":points=5" for a grid.
Result<SearchAxis> readAxis(const Project &project, const NodeRegistry &registry, const std::string &text);

/// The node or block at @p path is on, or bypassed. The error says why it can't be.
Result<SearchAxis> readSwitch(const Project &project, const NodeRegistry &registry, const std::string &path);

/// "conv3x3|conv5x5": one of these nodes or blocks is on, the others are bypassed.
Result<SearchAxis> readOneOf(const Project &project, const NodeRegistry &registry, const std::string &paths);

/// Something that a project's search can vary, with a range to begin with.
struct SearchChoice {
    std::string owner; ///< "recipe", or the node's path
    std::string type;  ///< of the node; "" for the recipe
    SearchAxis axis;
    std::string doc;
};
/// Everything that can be varied, the recipe first, then nodes in data-flow order. What makes trials incomparable, such as the seed, is left out.
std::vector<SearchChoice> searchChoices(const Project &project, const NodeRegistry &registry);

/// Something that an axis can choose, beside what it chooses among already.
struct SearchAlternative {
    std::string name;  ///< a node type, or a node's path
    std::string about; ///< the type's category, or the node's type
    std::string doc;
};
/// For a node's type: other types with the ports that are wired, where all shapes fit as far as they did before; those of its own category
/// first. For one of several nodes: all that can be bypassed, in data-flow order.
std::vector<SearchAlternative> searchAlternatives(const Project &project, const NodeRegistry &registry, const SourceFacts &facts, const SearchAxis &axis);

/// How people write the axis's values: "0.0001..0.1:log", "32|64|128"; what readAxis() reads behind '='.
std::string rangeText(const SearchAxis &axis);

/// @p base with the values of @p point in place. The error says why a value does not go there: the project was changed since.
Result<Project> trialProject(const Project &base, const NodeRegistry &registry, const std::vector<SearchAxis> &axes, const SearchPoint &point);

/// Lets the data be cut into @p folds, of which number @p fold, from 1, is for validation.
Result<Done> chooseFold(Project &project, const NodeRegistry &registry, std::int64_t folds, std::int64_t fold);

} // namespace netloom
