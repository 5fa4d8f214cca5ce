// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas_style.h"
#include "canvas/node_geometry.h"

#include <functional>

namespace netloom {

/// How a port shows what would happen to it.
enum class PortLook {
    Plain,
    Hovered,
    Lit,     ///< the wire in the hand fits
    Snapped, ///< ... and would be connected here on release
    Dimmed,  ///< ... doesn't fit
};

struct NodeLook {
    bool selected = false;
    bool hovered = false;
    bool ghost = false; ///< not there yet
    std::function<PortLook(std::size_t index, bool output)> port; ///< none: all plain
    std::function<void(QPainter &painter, const QRectF &rect)> preview; ///< draws what comes out of the node; none: nothing yet
};

/// From this zoom on cards show all their text. Below it they show what is most important, larger: name, settings, and what comes out.
constexpr double kFullZoom = 0.65;
/// Below this zoom no text can be read, and cards show their colour alone.
constexpr double kTextZoom = 0.28;
/// Below this one round corners and ports are no larger than a pixel and left out, too.
constexpr double kShapeZoom = 0.2;

void paintNode(QPainter &painter, const NodeFace &face, const NodeGeometry &geometry, const NodeLook &look, CanvasStyle &style);

} // namespace netloom
