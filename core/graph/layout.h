// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

#include <map>
#include <set>

namespace netloom {

/// How large a card is, scene units.
struct CardSize {
    double width = 0;
    double height = 0;
};

struct LayoutOptions {
    double columnGap = 100;
    double rowGap = 60;
    double cardGap = 40;   ///< between cards of one column
    double aspect = 1.6;   ///< width to height that the whole should come near to
};

/// Lays the nodes of @p sizes out in layers from left to right, each node behind all that feed it, and breaks the layers into rows like
/// lines of text so that a long chain stays readable. Cards never overlap; the order inside a layer follows the nodes that feed it, so that
/// few wires cross. The top left corner is (0, 0). Cycles are broken where they close.
std::map<NodeId, Point> layeredLayout(const Graph &graph, const std::map<NodeId, CardSize> &sizes, const LayoutOptions &options = {});

} // namespace netloom
