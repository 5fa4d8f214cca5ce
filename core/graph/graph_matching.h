// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

#include <map>

namespace netloom {

/// Which nodes of two graphs are the same.
struct GraphMatching {
    std::map<NodeId, NodeId> toBefore; ///< by the node of the graph after
    std::map<NodeId, NodeId> toAfter;  ///< by the node of the graph before
};

/// Matches as diffGraphs() tells it. Swapping the graphs swaps the sides and changes nothing else.
GraphMatching matchGraphs(const Graph &before, const Graph &after);

} // namespace netloom
