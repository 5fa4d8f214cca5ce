// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/issue.h"
#include "graph/node_registry.h"

#include <map>
#include <optional>

namespace netloom {

/// A graph as it computes: blocks opened and repeated, bypassed nodes, dots and frames taken out. Shapes are inferred and networks built on this.
/// A node keeps its id, in a repeated block its first copy does; names are paths: "layer1.conv1", "layer1.0.conv1" where layer1 is repeated.
struct FlatGraph {
    Graph graph;
    std::map<NodeId, NodeId> copies;        ///< further copies → the node of the edited graph
    std::map<PortRef, PortRef> sources;     ///< outputs of nodes that were taken out → the output that their value comes from
    std::map<PortRef, PortRef> missing;     ///< inputs without a wire that should come through blocks or dots → where the wire is missing in the edited graph
    Issues issues;                          ///< of blocks that cannot be repeated; ids of the edited graph

    /// The node of the edited graph that @p id of `graph` stands for.
    NodeId origin(NodeId id) const;
};

/// A repeated block feeds its outputs, in the order of its ports, to the inputs of the next copy.
FlatGraph flatten(const Graph &graph, const NodeRegistry &registry);

} // namespace netloom
