// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineF>
#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

namespace netloom {

/// Where a wire begins and ends, in scene coordinates.
struct LinkEnds {
    QPointF from;
    QPointF to;
    QRectF source; ///< card at the beginning
    QRectF target; ///< card at the end
    int fromLane = 0; ///< which of its card's outputs: wires that turn off side by side keep apart
    int toLane = 0;
};

/// A smooth curve from left to right.
QPainterPath directCurve(QPointF from, QPointF to);

struct LinkRoute {
    QPainterPath path;
    std::optional<QLineF> run; ///< the level stretch of a way around cards
};

/// The wire's way: a smooth curve where it goes forward and nothing lies between, else around the cards, with the fewest
/// crossings, then apart from the level stretches @p runs of other wires, then the shortest.
LinkRoute routeLink(const LinkEnds &ends, const std::vector<QRectF> &cards, const std::vector<QLineF> &runs = {});

/// A place for a label of @p size on @p path that touches no card and no label of @p taken; nothing where there is none.
std::optional<QRectF> placeLabel(const QPainterPath &path, QSizeF size, const std::vector<QRectF> &cards,
    const std::vector<QRectF> &taken);

} // namespace netloom
