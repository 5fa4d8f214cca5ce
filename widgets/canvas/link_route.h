// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/rect_grid.h"

#include <QLineF>
#include <QPainterPath>
#include <QPointF>

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
    friend bool operator==(const LinkEnds &, const LinkEnds &) = default;
};

/// What a wire keeps clear of: cards, and what the wires laid before it took.
class RouteField {
public:
    explicit RouteField(const std::vector<QRectF> &cards, std::vector<QLineF> runs = {});

    void takeRun(const QLineF &run) { m_runs.push_back(run); }
    void takeLabel(const QRectF &label) { m_labels.add(label); }

    const QRectF &area() const { return m_area; }
    const RectGrid &cards() const { return m_cards; }
    const RectGrid &labels() const { return m_labels; }
    const std::vector<QLineF> &runs() const { return m_runs; }

private:
    QRectF m_area; ///< around the cards
    RectGrid m_cards;
    RectGrid m_labels;
    std::vector<QLineF> m_runs;
};

/// A smooth curve from left to right.
QPainterPath directCurve(QPointF from, QPointF to);

/// @p path in a few straight pieces, for wires seen from so far that nobody can tell.
QPainterPath coarsePath(const QPainterPath &path);

struct LinkRoute {
    QPainterPath path;
    std::optional<QLineF> run; ///< the level stretch of a way around cards
    QRectF watched;            ///< cards and runs elsewhere make no difference to the way
};

/// The wire's way: a smooth curve where it goes forward and nothing lies between, else around the cards, with the fewest
/// crossings, then apart from the level stretches of other wires, then the shortest.
LinkRoute routeLink(const LinkEnds &ends, const RouteField &field);

/// A place for a label of @p size on @p path that touches no card and no other label; nothing where there is none.
std::optional<QRectF> placeLabel(const QPainterPath &path, QSizeF size, const RouteField &field);
/// What lies elsewhere makes no difference to the label's place.
QRectF watchedByLabel(const QPainterPath &path, QSizeF size);

} // namespace netloom
