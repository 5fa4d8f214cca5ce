// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/comparison_ghost.h"

#include "canvas/canvas_scene.h"
#include "document/comparison.h"

#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr double kPale = 0.65;  ///< opacity of what is no longer there
constexpr double kTint = 0.10;  ///< of red over its card
constexpr double kClear = 16;   ///< between a ghost and any card
constexpr double kReach = 60;   ///< of signs around the cards where the zoom is far out

} // namespace

ComparisonGhost::ComparisonGhost(CanvasScene &scene) : m_scene(scene)
{
    setZValue(1.2); // above wires, below their labels and cards
    setVisible(false);
}

void ComparisonGhost::follow()
{
    const Comparison &comparison = m_scene.document().comparison();
    prepareGeometryChange();
    m_cards.clear();
    m_moved.clear();
    m_wires.clear();
    m_area = {};
    const auto scope = comparison.isActive() ? comparison.otherScope() : std::nullopt;
    if (scope) {
        placeCards(comparison, *scope);
        placeWires(comparison, *scope);
    }
    for (const GhostCard &ghost : m_cards)
        m_area |= ghost.card();
    for (const Wire &wire : m_wires)
        m_area |= wire.path.boundingRect();
    setVisible(!m_area.isEmpty());
    update();
}

QRectF ComparisonGhost::cardOf(NodeId removed) const
{
    const auto found = std::ranges::find(m_cards, removed, &GhostCard::id);
    return found == m_cards.end() ? QRectF() : found->card();
}

void ComparisonGhost::placeCards(const Comparison &comparison, NodeId scope)
{
    const Graph &other = comparison.other().graph;
    std::vector<QRectF> taken;
    for (const NodeId id : comparison.graphDiff().removed) {
        const Node &node = *other.find(id);
        if (node.parent != scope)
            continue;
        if (taken.empty())
            taken = m_scene.cardRects();
        GhostCard ghost{id, faceOf(other, m_scene.document().registry(), node), {}, {}};
        ghost.geometry = geometryOf(ghost.face, m_scene.style());
        ghost.place = QPointF(node.position.x, node.position.y) + displacement(comparison, id);
        ghost.place = clearPlace(ghost, taken);
        m_moved[id] = ghost.place - QPointF(node.position.x, node.position.y);
        taken.push_back(ghost.card());
        m_cards.push_back(std::move(ghost));
    }
}

/// As far as the card that the node's first wire comes from, or leads to, has moved since.
QPointF ComparisonGhost::displacement(const Comparison &comparison, NodeId removed) const
{
    const Graph &other = comparison.other().graph;
    const auto moved = [&](NodeId neighbour) -> std::optional<QPointF> {
        if (const auto ghost = m_moved.find(neighbour); ghost != m_moved.end())
            return ghost->second;
        const auto same = comparison.inDocument(neighbour);
        const NodeItem *item = same ? m_scene.nodeItem(*same) : nullptr;
        const Point old = other.find(neighbour)->position;
        return item ? std::optional(item->pos() - QPointF(old.x, old.y)) : std::nullopt;
    };
    for (const Link &link : other.linksInto(removed)) {
        if (const auto by = moved(link.from.node))
            return *by;
    }
    for (const Link &link : other.linksFrom(removed)) {
        if (const auto by = moved(link.to.node))
            return *by;
    }
    return {};
}

/// The ghost's place, or the nearest below it that touches none of @p taken.
QPointF ComparisonGhost::clearPlace(const GhostCard &ghost, const std::vector<QRectF> &taken) const
{
    QRectF card = ghost.card();
    for (bool blocked = true; blocked;) {
        const auto other = std::ranges::find_if(taken, [&](const QRectF &rect) {
            return rect.adjusted(-kClear, -kClear, kClear, kClear).intersects(card);
        });
        blocked = other != taken.end();
        if (blocked)
            card.moveTop(snapped({0, other->bottom() + kClear + NodeGeometry::kGrid}).y());
    }
    return card.topLeft() - ghost.geometry.card.topLeft();
}

std::optional<std::pair<QPointF, QRectF>> ComparisonGhost::endOf(const Comparison &comparison, const PortRef &port, bool output) const
{
    const auto edge = [output](const QRectF &card) { return QPointF(output ? card.right() : card.left(), card.center().y()); };
    const auto ghost = std::ranges::find(m_cards, port.node, &GhostCard::id);
    if (ghost != m_cards.end())
        return std::pair(ghost->portPlace(port.port, output).value_or(edge(ghost->card())), ghost->card());
    const auto same = comparison.inDocument(port.node);
    const NodeItem *item = same ? m_scene.nodeItem(*same) : nullptr;
    if (!item)
        return std::nullopt;
    return std::pair(item->portPosition(port.port, output).value_or(edge(item->cardRect())), item->cardRect());
}

void ComparisonGhost::placeWires(const Comparison &comparison, NodeId scope)
{
    const Graph &other = comparison.other().graph;
    std::vector<QRectF> cards;
    std::vector<QLineF> runs;
    for (const Link &link : comparison.graphDiff().removedLinks) {
        if (other.find(link.to.node)->parent != scope)
            continue;
        const auto from = endOf(comparison, link.from, true);
        const auto to = endOf(comparison, link.to, false);
        if (!from || !to)
            continue;
        if (cards.empty()) {
            cards = m_scene.cardRects();
            for (const GhostCard &ghost : m_cards)
                cards.push_back(ghost.card());
            runs = m_scene.runs();
        }
        const bool apart = comparison.inDocument(link.from.node) && comparison.inDocument(link.to.node);
        LinkRoute route = routeLink({from->first, to->first, from->second, to->second}, cards, runs);
        if (route.run)
            runs.push_back(*route.run);
        m_wires.push_back({std::move(route.path), apart});
    }
}

QRectF ComparisonGhost::boundingRect() const
{
    return m_area.isEmpty() ? QRectF() : m_area.adjusted(-kReach, -kReach, kReach, kReach);
}

void ComparisonGhost::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const Theme &theme = m_scene.style().theme();
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Wire &wire : m_wires) {
        painter->setBrush(Qt::NoBrush);
        painter->strokePath(wire.path, dashedPen(theme.error, 2));
    }
    for (const GhostCard &ghost : m_cards) {
        paintGhostCard(*painter, ghost, theme.error, kPale, m_scene.style());
        QColor tint = theme.error;
        tint.setAlphaF(float(kTint));
        painter->setPen(Qt::NoPen);
        painter->setBrush(tint);
        painter->drawRoundedRect(ghost.card(), NodeGeometry::kRadius, NodeGeometry::kRadius);
    }
    for (const Wire &wire : m_wires) {
        if (wire.apart)
            paintSign(*painter, wire.path.pointAtPercent(0.5), GhostSign::Minus, theme.error, theme, 7);
    }
    for (const GhostCard &ghost : m_cards)
        paintSign(*painter, ghost.card().topLeft(), GhostSign::Minus, theme.error, theme);
}

} // namespace netloom
