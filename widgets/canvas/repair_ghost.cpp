// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/repair_ghost.h"

#include "canvas/canvas_scene.h"
#include "document/value_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr double kPale = 0.62;    ///< opacity of what is not there yet
constexpr double kTagHeight = 20;
constexpr double kTagGap = 4;
constexpr double kReach = 500;    ///< how far tags may reach around the cards where the zoom is far out

bool holds(const Graph &graph, const Link &link)
{
    return std::ranges::find(graph.links(), link) != graph.links().end();
}

} // namespace

RepairGhost::RepairGhost(CanvasScene &scene) : m_scene(scene)
{
    setZValue(5);
    setVisible(false);
}

QStringList RepairGhost::changes() const
{
    QStringList texts;
    for (const Change &change : m_changes)
        texts << change.text;
    return texts;
}

void RepairGhost::clear()
{
    m_newNodes.clear();
    m_newLinks.clear();
    m_goneNodes.clear();
    m_goneLinks.clear();
    m_changes.clear();
    m_area = {};
    if (m_movedCards) {
        m_movedCards = false;
        m_scene.showDocument();
    }
}

void RepairGhost::follow(const std::optional<Repair> &repair)
{
    prepareGeometryChange();
    clear();
    setVisible(repair.has_value());
    if (!repair)
        return;
    const Graph &before = m_scene.document().graph();
    findNodes(before, repair->graph);
    findLinks(before, repair->graph);
    for (const GhostCard &node : m_newNodes)
        m_area |= node.card();
    for (const QRectF &card : m_goneNodes)
        m_area |= card;
    for (const Change &change : m_changes)
        m_area |= change.card;
    for (const auto &wire : m_newLinks)
        m_area |= wire.path.boundingRect();
    for (const QPainterPath &path : m_goneLinks)
        m_area |= path.boundingRect();
    update();
}

void RepairGhost::findNodes(const Graph &before, const Graph &after)
{
    const Document &document = m_scene.document();
    std::map<NodeId, QPointF> moved;
    for (const auto &[id, node] : after.nodes()) {
        const QPointF place(node.position.x, node.position.y);
        if (const Node *old = before.find(id)) {
            if (old->position != node.position)
                moved.emplace(id, place);
            continue;
        }
        const NodeSpec *spec = document.registry().find(node.type);
        if (!spec || node.parent != document.scope())
            continue;
        NodeFace face = faceOf(*spec);
        face.title = QString::fromStdString(node.type);
        face.params = paramSummary(*spec, node.params);
        m_newNodes.push_back({id, face, geometryOf(face, m_scene.style()), place});
    }
    m_movedCards = !moved.empty();
    if (m_movedCards)
        m_scene.previewPositions(moved);
    for (const auto &[id, node] : before.nodes()) {
        if (const Node *kept = after.find(id))
            findChanges(node, *kept);
        else if (m_scene.nodeItem(id))
            m_goneNodes.push_back(cardOf(id));
    }
}

void RepairGhost::findChanges(const Node &before, const Node &after)
{
    const QRectF card = shownCardOf(before);
    for (const auto &[name, value] : after.params.values()) {
        if (card.isEmpty() || (before.params.has(name) && before.params.at(name) == value))
            continue;
        const QString old = before.params.has(name) ? valueText(before.params.at(name)) : QString();
        m_changes.push_back({card, QString::fromUtf8("%1 %2 → %3").arg(QString::fromStdString(name), old, valueText(value))});
    }
}

void RepairGhost::findLinks(const Graph &before, const Graph &after)
{
    std::vector<QRectF> cards;
    for (const auto &[id, node] : before.nodes()) {
        if (after.find(id))
            cards.push_back(cardOf(id));
    }
    for (const GhostCard &node : m_newNodes)
        cards.push_back(node.card());
    std::vector<QLineF> runs = m_scene.runs();
    for (const Link &link : after.links()) {
        if (holds(before, link))
            continue;
        const auto from = portPlace(link.from, true);
        const auto to = portPlace(link.to, false);
        if (from && to) {
            const LinkRoute route = routeLink({*from, *to, cardOf(link.from.node), cardOf(link.to.node)}, cards, runs);
            if (route.run)
                runs.push_back(*route.run);
            m_newLinks.push_back({route.path, kindAt(after, m_scene.document().registry(), link.from, true)});
        }
    }
    for (const Link &link : before.links()) {
        const LinkItem *item = holds(after, link) ? nullptr : m_scene.linkItem(link);
        if (item)
            m_goneLinks.push_back(item->path());
    }
}

QRectF RepairGhost::shownCardOf(const Node &node) const
{
    const Graph &graph = m_scene.document().graph();
    for (const Node *shown = &node; shown; shown = graph.find(shown->parent)) {
        if (const NodeItem *item = m_scene.nodeItem(shown->id))
            return item->cardRect();
    }
    return {};
}

QRectF RepairGhost::cardOf(NodeId id) const
{
    const auto added = std::ranges::find(m_newNodes, id, &GhostCard::id);
    if (added != m_newNodes.end())
        return added->card();
    const NodeItem *item = m_scene.nodeItem(id);
    return item ? item->cardRect() : QRectF();
}

std::optional<QPointF> RepairGhost::portPlace(const PortRef &port, bool output) const
{
    const auto added = std::ranges::find(m_newNodes, port.node, &GhostCard::id);
    if (added == m_newNodes.end()) {
        const NodeItem *item = m_scene.nodeItem(port.node);
        return item ? item->portPosition(port.port, output) : std::nullopt;
    }
    return added->portPlace(port.port, output);
}

QRectF RepairGhost::boundingRect() const
{
    return m_area.isEmpty() ? QRectF() : m_area.adjusted(-kReach, -kReach, kReach, kReach);
}

void RepairGhost::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    painter->setRenderHint(QPainter::Antialiasing);
    paintGone(*painter);
    paintNew(*painter);
    paintTags(*painter);
}

void RepairGhost::paintGone(QPainter &painter) const
{
    const Theme &theme = m_scene.style().theme();
    QColor veil = theme.canvas;
    veil.setAlphaF(0.72f);
    for (const QPainterPath &path : m_goneLinks) {
        paintWire(painter, path, veil, 5);
        painter.strokePath(path, dashedPen(theme.error, 1.5 * tagScale(painter)));
    }
    for (const QRectF &card : m_goneNodes) {
        painter.setPen(dashedPen(theme.error, 2));
        painter.setBrush(veil);
        painter.drawRoundedRect(card, NodeGeometry::kRadius, NodeGeometry::kRadius);
        painter.setPen(QPen(theme.error, 2.5));
        painter.drawLine(card.bottomLeft() + QPointF(10, -10), card.topRight() + QPointF(-10, 10));
    }
}

void RepairGhost::paintNew(QPainter &painter) const
{
    const Theme &theme = m_scene.style().theme();
    for (const Wire &wire : m_newLinks) {
        painter.setBrush(Qt::NoBrush);
        painter.strokePath(wire.path, dashedPen(theme.accent, 2.5));
    }
    for (const GhostCard &node : m_newNodes)
        paintGhostCard(painter, node, theme.accent, kPale, m_scene.style());
}

void RepairGhost::paintTags(QPainter &painter) const
{
    const Theme &theme = m_scene.style().theme();
    const double scale = tagScale(painter);
    for (const GhostCard &node : m_newNodes)
        paintSign(painter, node.card().topRight(), GhostSign::Plus, theme.accent, theme);
    for (const QRectF &card : m_goneNodes)
        paintSign(painter, card.topRight(), GhostSign::Minus, theme.error, theme);
    const QFontMetricsF metrics(m_scene.style().titleFont());
    std::map<std::pair<double, double>, int> rows; // of tags at one card
    for (const Change &change : m_changes) {
        const int row = rows[{change.card.x(), change.card.y()}]++;
        const double width = metrics.horizontalAdvance(change.text) + 20;
        painter.save();
        painter.translate(change.card.center().x(), change.card.bottom());
        painter.scale(scale, scale);
        const QRectF tag(-width / 2, 6 + row * (kTagHeight + kTagGap), width, kTagHeight);
        painter.setPen(QPen(theme.canvas, 2));
        painter.setBrush(theme.accent);
        painter.drawRoundedRect(tag, kTagHeight / 2, kTagHeight / 2);
        painter.setFont(m_scene.style().titleFont());
        painter.setPen(theme.accentText);
        painter.drawText(tag, Qt::AlignCenter | Qt::TextSingleLine, change.text);
        painter.restore();
        painter.setPen(dashedPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(change.card.adjusted(-4, -4, 4, 4), NodeGeometry::kRadius + 4, NodeGeometry::kRadius + 4);
    }
}

} // namespace netloom
