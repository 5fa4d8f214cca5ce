// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/repair_ghost.h"

#include "canvas/canvas_scene.h"

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

QString shown(const ParamValue &value)
{
    if (const auto *pair = std::get_if<std::vector<std::int64_t>>(&value); pair && pair->size() == 2)
        return QStringLiteral("%1×%2").arg(pair->front()).arg(pair->back());
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? Document::tr("on") : Document::tr("off");
    return QString::fromStdString(formatParam(value));
}

QPen dashed(const QColor &colour, double width)
{
    QPen pen(colour, width, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({4, 3});
    return pen;
}

/// Tags keep their size on the screen where the zoom is far out, so that they can be read.
double tagScale(const QPainter &painter)
{
    return std::clamp(1 / std::max(0.01, scaleOf(painter)), 1.0, 4.0);
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
    for (const NewNode &node : m_newNodes)
        m_area |= node.geometry.card.translated(node.place);
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
        const QString old = before.params.has(name) ? shown(before.params.at(name)) : QString();
        m_changes.push_back({card, QString::fromUtf8("%1 %2 → %3").arg(QString::fromStdString(name), old, shown(value))});
    }
}

void RepairGhost::findLinks(const Graph &before, const Graph &after)
{
    std::vector<QRectF> cards;
    for (const auto &[id, node] : before.nodes()) {
        if (after.find(id))
            cards.push_back(cardOf(id));
    }
    for (const NewNode &node : m_newNodes)
        cards.push_back(node.geometry.card.translated(node.place));
    std::vector<QLineF> runs;
    for (const Link &link : before.links()) {
        if (const LinkItem *item = m_scene.linkItem(link); item && item->run())
            runs.push_back(*item->run());
    }
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
    const auto added = std::ranges::find(m_newNodes, id, &NewNode::id);
    if (added != m_newNodes.end())
        return added->geometry.card.translated(added->place);
    const NodeItem *item = m_scene.nodeItem(id);
    return item ? item->cardRect() : QRectF();
}

std::optional<QPointF> RepairGhost::portPlace(const PortRef &port, bool output) const
{
    const auto added = std::ranges::find(m_newNodes, port.node, &NewNode::id);
    if (added == m_newNodes.end()) {
        const NodeItem *item = m_scene.nodeItem(port.node);
        return item ? item->portPosition(port.port, output) : std::nullopt;
    }
    const auto &faces = output ? added->face.outputs : added->face.inputs;
    const auto face = std::ranges::find(faces, port.port, &PortFace::name);
    if (face == faces.end())
        return std::nullopt;
    return added->place + (output ? added->geometry.outputs : added->geometry.inputs)[std::size_t(face - faces.begin())];
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
        painter.strokePath(path, dashed(theme.error, 1.5 * tagScale(painter)));
    }
    for (const QRectF &card : m_goneNodes) {
        painter.setPen(dashed(theme.error, 2));
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
        painter.strokePath(wire.path, dashed(theme.accent, 2.5));
    }
    for (const NewNode &node : m_newNodes) {
        const QRectF card = node.geometry.card.translated(node.place);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.canvas);
        painter.drawRoundedRect(card, NodeGeometry::kRadius, NodeGeometry::kRadius);
        painter.save();
        painter.setOpacity(painter.opacity() * kPale);
        painter.translate(node.place);
        NodeLook look;
        look.ghost = true;
        paintNode(painter, node.face, node.geometry, look, m_scene.style());
        painter.restore();
        painter.setPen(dashed(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(card, NodeGeometry::kRadius, NodeGeometry::kRadius);
    }
}

void RepairGhost::paintTags(QPainter &painter) const
{
    const Theme &theme = m_scene.style().theme();
    const double scale = tagScale(painter);
    const auto sign = [&](QPointF corner, const QColor &colour, bool plus) {
        painter.save();
        painter.translate(corner);
        painter.scale(scale, scale);
        painter.setPen(QPen(theme.canvas, 2));
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(0, 0), 10, 10);
        painter.setPen(QPen(readableOn(colour), 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(-4.5, 0), QPointF(4.5, 0));
        if (plus)
            painter.drawLine(QPointF(0, -4.5), QPointF(0, 4.5));
        painter.restore();
    };
    for (const NewNode &node : m_newNodes)
        sign(node.geometry.card.translated(node.place).topRight(), theme.accent, true);
    for (const QRectF &card : m_goneNodes)
        sign(card.topRight(), theme.error, false);
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
        painter.setPen(dashed(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(change.card.adjusted(-4, -4, 4, 4), NodeGeometry::kRadius + 4, NodeGeometry::kRadius + 4);
    }
}

} // namespace netloom
