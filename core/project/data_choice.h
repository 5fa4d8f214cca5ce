// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace netloom {

/// What reads the data at a path.
struct DataChoice {
    std::string type; ///< of the source node
    Params params;    ///< those that differ from the defaults
};

/// NodeSpec::recognise of each type that has it.
using Recognisers = std::vector<std::pair<std::string, std::function<std::optional<Params>(const std::string &path)>>>;
Recognisers recognisers(const NodeRegistry &registry);

/// The type of source that is sure to read what lies at @p path; nothing where none is. Looks at the disk.
std::optional<DataChoice> recogniseData(const Recognisers &sources, const std::string &path);

/// Lets the source @p node read what @p choice says. Where that is another type, a new node takes its name, place and wires, and
/// keeps how samples are dealt out. Gives the node that reads now.
NodeId chooseData(Graph &graph, const NodeRegistry &registry, NodeId node, const DataChoice &choice);

} // namespace netloom
