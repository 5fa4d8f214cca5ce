// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/ghost_painter.h"

#include <QGraphicsItem>
#include <QPainterPath>

#include <map>

namespace netloom {

class CanvasScene;
class Comparison;

/// What the other side of a comparison has and the document has not, where it was: cards and wires, red, dashed and half-transparent, with a
/// minus. Cards that have moved since take the ghosts behind them along, and ghosts keep clear of cards.
class ComparisonGhost : public QGraphicsItem {
public:
    explicit ComparisonGhost(CanvasScene &scene);

    /// Shows what the document's comparison says.
    void follow();

    /// Around all that is shown; empty where nothing is.
    QRectF area() const { return m_area; }
    /// Where the node of the other project is shown; empty where it is not.
    QRectF cardOf(NodeId removed) const;
    std::size_t nodes() const { return m_cards.size(); }
    std::size_t links() const { return m_wires.size(); }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    struct Wire {
        QPainterPath path;
        bool apart = false; ///< goes although both its nodes stay
    };

    void placeCards(const Comparison &comparison, NodeId scope);
    QPointF displacement(const Comparison &comparison, NodeId removed) const;
    QPointF clearPlace(const GhostCard &ghost, const std::vector<QRectF> &taken) const;
    void placeWires(const Comparison &comparison, NodeId scope);
    /// Where a wire of the other project ends, and the card there.
    std::optional<std::pair<QPointF, QRectF>> endOf(const Comparison &comparison, const PortRef &port, bool output) const;

    CanvasScene &m_scene;
    std::vector<GhostCard> m_cards;
    std::map<NodeId, QPointF> m_moved; ///< how far from its place of old each ghost lies
    std::vector<Wire> m_wires;
    QRectF m_area;
};

} // namespace netloom
