// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/node_painter.h"

#include <QPen>

#include <optional>
#include <string>

namespace netloom {

/// A node that the document doesn't hold: one that a repair would add, or one that only the other side of a comparison has.
struct GhostCard {
    NodeId id;
    NodeFace face;
    NodeGeometry geometry;
    QPointF place;

    QRectF card() const { return geometry.card.translated(place); }
    std::optional<QPointF> portPlace(const std::string &port, bool output) const;
};

/// Pale, dashed, over the bare canvas.
void paintGhostCard(QPainter &painter, const GhostCard &ghost, const QColor &outline, double opacity, CanvasStyle &style);

/// What a sign says of what it lies at, so that colour is never the only mark.
enum class GhostSign { Plus, Minus, Change };

/// A disc of @p colour with the sign in it, of the same size on the screen where the zoom is far out.
void paintSign(QPainter &painter, QPointF middle, GhostSign sign, const QColor &colour, const Theme &theme, double radius = 10);

/// How much larger than at 100 % signs and tags are painted, so that they can be read where the zoom is far out.
double tagScale(const QPainter &painter);

QPen dashedPen(const QColor &colour, double width);

} // namespace netloom
