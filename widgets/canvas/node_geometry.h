// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/node_face.h"

#include <QPointF>
#include <QRectF>

namespace netloom {

class CanvasStyle;

/// Where everything on a node lies, apart from how it is painted. Scene units (px at 100 %), the card's top left is 0, 0.
struct NodeGeometry {
    static constexpr double kGrid = 20;
    static constexpr double kRadius = 8;
    static constexpr double kWidth = 160;    ///< of nearly every card; a long name may widen it
    static constexpr double kMostWidth = 220;
    static constexpr double kHeader = 44;
    static constexpr double kFirstPort = 60; ///< of a card's first ports from its top: wires between cards in a row are straight
    static constexpr double kPreviewHeight = 72;
    static constexpr double kPortRadius = 5.5;
    static constexpr double kGap = 100;       ///< between cards in a row: leaves room for the shape on the wire

    QRectF card;
    QRectF header;
    QRectF icon;
    QRectF title;
    QRectF type;
    QRectF params;
    QRectF cost;
    QRectF macs;
    QRectF badge;
    QRectF preview; ///< empty where previews are off
    std::vector<QPointF> inputs;
    std::vector<QPointF> outputs;
    std::vector<QRectF> inputLabels;  ///< empty where a single port needs no name
    std::vector<QRectF> outputLabels;

    /// Everything that may be painted.
    QRectF bounds() const;
};

NodeGeometry geometryOf(const NodeFace &face, const CanvasStyle &style);

/// @p point on the grid that cards snap to.
QPointF snapped(QPointF point);

} // namespace netloom
