// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/structure.h"
#include "project/project.h"

namespace netloom {

inline constexpr char kRecipeOwner[] = "recipe";
inline constexpr char kTypeParam[] = "type"; ///< stands for a node's type where it has no such parameter
inline constexpr char kOn[] = "on";
inline constexpr char kOff[] = "off";

/// A parameter that an axis names.
struct AxisTarget {
    ParamDecl decl;
    ParamValue value;
    std::vector<std::pair<NodeId, std::string>> nodes; ///< and their parameters; empty for the recipe
};

/// "conv1.out_channels" → {"conv1", "out_channels"}; "lr" → {"recipe", "lr"}
std::pair<std::string, std::string> ownerAndName(const std::string &axis);
Result<const Node *> findNode(const Project &project, const std::string &path);
/// The parameter that @p axis names, of the recipe, a node, or a block that shows it as its own.
Result<AxisTarget> findTarget(const Project &project, const NodeRegistry &registry, const std::string &axis);
/// @p node as one of type @p type: parameters that both have stay where they fit. The error says which wire it could not take.
Result<Node> retyped(const Project &project, const NodeRegistry &registry, const Node &node, const std::string &type);

} // namespace netloom
