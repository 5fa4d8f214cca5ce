// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"
#include "graph/result.h"

#include <set>

namespace netloom {

/// Makes one block called @p name of @p nodes, which lie in one block or on the top level. Wires that cross and ports without a wire become
/// the block's ports. The error says why it can't be done: a wire that leaves and comes back would close a cycle.
Result<NodeId> collapseIntoBlock(Graph &graph, const NodeRegistry &registry, std::set<NodeId> nodes, const std::string &name);

/// Puts what is inside @p block in its place, and gives what came out. The error says why not: a repeated block stays one.
Result<std::vector<NodeId>> expandBlock(Graph &graph, NodeId block);

} // namespace netloom
