// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/arrange.h"
#include "graph/layout.h"

#include <set>

namespace netloom {

/// A frame as the layout sees it.
struct FrameContents {
    std::set<NodeId> items; ///< cards and frames that lie in it, at any depth
    CardSize size;          ///< kept where it holds no cards
};

struct FramedLayout {
    Places cards;
    std::map<NodeId, QRectF> frames;
};

/// As layeredLayout(); what lies in a frame is laid out by itself and stays together, and the frame is drawn around it anew.
FramedLayout layoutWithFrames(const Graph &graph, const std::map<NodeId, CardSize> &cards, const std::map<NodeId, FrameContents> &frames,
    const LayoutOptions &options);

} // namespace netloom
