// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_item.h"

#include "canvas/canvas_scene.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr double kWidth = 2.5;
constexpr double kLabelHeight = 16;

bool hasError(const Issues &issues, const PortRef &port)
{
    return std::ranges::any_of(issues, [&](const Issue &issue) {
        return issue.severity == Severity::Error && issue.node == port.node && issue.port == port.port;
    });
}

} // namespace

LinkItem::LinkItem(CanvasScene &scene, Link link) : m_scene(scene), m_link(std::move(link))
{
    setZValue(0);
    refresh();
}

bool LinkItem::refresh()
{
    const Document &document = m_scene.document();
    m_kind = portKind(document, m_link.from, true);
    m_faulty = hasError(document.inference().issues, m_link.to);
    const Shape shape = document.inference().output(document.graph(), document.registry(), m_link.from);
    const QString text = shape.empty() ? QString() : QString::fromStdString(shape.toString());
    const bool changed = text != m_shape;
    m_shape = text;
    update();
    return changed;
}

void LinkItem::route(const std::vector<QRectF> &cards, const std::vector<QRectF> &labels)
{
    const auto ends = m_scene.endsOf(m_link);
    if (!ends)
        return;
    prepareGeometryChange();
    m_path = routeLink(*ends, cards);
    placeText(cards, labels);
    m_bounds = m_path.boundingRect().adjusted(-8, -8, 8, 8);
    if (m_label)
        m_bounds = m_bounds.united(m_label->adjusted(-2, -2, 2, 2));
    update();
}

void LinkItem::placeText(const std::vector<QRectF> &cards, const std::vector<QRectF> &labels)
{
    m_label.reset();
    const QFontMetricsF metrics(m_scene.style().labelFont());
    // The batch axis is the first thing that a short wire leaves out.
    QStringList texts{m_shape};
    if (m_shape.startsWith(QStringLiteral("N×")) && m_shape.size() > 2)
        texts << m_shape.mid(2);
    for (const QString &text : texts) {
        if (text.isEmpty() || m_label)
            continue;
        m_labelText = text;
        m_label = placeLabel(m_path, {metrics.horizontalAdvance(text) + 12, kLabelHeight}, cards, labels);
    }
}

void LinkItem::setLook(bool &look, bool value)
{
    if (look == value)
        return;
    look = value;
    setZValue(m_selected || m_hovered || m_marked ? 1 : 0);
    update();
}

void LinkItem::setSelectedLook(bool selected)
{
    setLook(m_selected, selected);
}

void LinkItem::setHovered(bool hovered)
{
    setLook(m_hovered, hovered);
}

void LinkItem::setMarked(bool marked)
{
    setLook(m_marked, marked);
}

bool LinkItem::isNear(QPointF scenePoint, double tolerance) const
{
    const QRectF around(scenePoint.x() - tolerance, scenePoint.y() - tolerance, 2 * tolerance, 2 * tolerance);
    if (m_label && m_label->contains(scenePoint))
        return true;
    if (!m_bounds.intersects(around))
        return false;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * tolerance);
    return stroker.createStroke(m_path).contains(scenePoint);
}

void LinkItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const Theme &theme = m_scene.style().theme();
    const QColor colour = m_faulty ? theme.error : theme.port(m_kind);
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_selected || m_marked) {
        QColor glow = theme.accent;
        glow.setAlpha(m_marked ? 130 : 90);
        paintWire(*painter, m_path, glow, kWidth + 7);
    }
    paintWire(*painter, m_path, m_selected || m_marked ? theme.accent : colour, m_hovered || m_selected ? kWidth + 1 : kWidth);
    if (m_label && scaleOf(*painter) >= kTextZoom)
        drawLabel(*painter);
}

void LinkItem::drawLabel(QPainter &painter) const
{
    const Theme &theme = m_scene.style().theme();
    const QColor colour = m_selected ? theme.accent : m_faulty ? theme.error : theme.port(m_kind);
    painter.setPen(QPen(mixed(theme.canvas, colour, 0.55), 1));
    painter.setBrush(mixed(theme.raised, colour, m_hovered || m_selected ? 0.18 : 0.06));
    painter.drawRoundedRect(m_label->adjusted(0.5, 0.5, -0.5, -0.5), kLabelHeight / 2, kLabelHeight / 2);
    painter.setFont(m_scene.style().labelFont());
    painter.setPen(theme.text);
    painter.drawText(*m_label, Qt::AlignCenter | Qt::TextSingleLine, m_labelText);
}

void paintWire(QPainter &painter, const QPainterPath &path, const QColor &colour, double width)
{
    // Never thinner than a pixel and a bit, so that wires stay visible when far out.
    const double scale = std::max(0.01, scaleOf(painter));
    painter.setPen(QPen(colour, std::max(width, 1.3 / scale), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

} // namespace netloom
