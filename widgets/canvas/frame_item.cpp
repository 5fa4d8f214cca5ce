// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame_item.h"

#include "canvas/canvas_scene.h"
#include "graph/frame.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kRadius = 10;
constexpr double kInset = 12;         ///< of the title
constexpr double kSmallestText = 12;  ///< px on the screen, as long as there is room
constexpr double kLeastText = 9;      ///< px on the screen: a smaller title goes above the frame
constexpr double kLargestText = 64;   ///< scene units

} // namespace

FrameItem::FrameItem(CanvasScene &scene, NodeId id) : m_scene(scene), m_id(id)
{
    refresh();
}

void FrameItem::refresh()
{
    const Node *node = m_scene.document().graph().find(m_id);
    if (!node)
        return;
    const FrameArea area = frameArea(*node);
    setPos(area.corner.x, area.corner.y);
    m_title = QString::fromStdString(frameTitle(*node));
    m_color = node->params.has(kFrameColor) ? node->params.text(kFrameColor) : std::string();
    resize({area.width, area.height});
    update();
}

void FrameItem::resize(QSizeF size)
{
    prepareGeometryChange();
    m_size = size;
    setZValue(-1 - 1e-12 * size.width() * size.height()); // smaller ones lie on larger ones
}

void FrameItem::previewArea(const QRectF &area)
{
    setPos(area.topLeft());
    resize(area.size());
}

void FrameItem::setSelectedLook(bool selected)
{
    if (m_selected == selected)
        return;
    m_selected = selected;
    update();
}

Qt::Edges FrameItem::edgesAt(QPointF scenePoint, double reach) const
{
    const QRectF rect = area();
    Qt::Edges edges;
    if (!rect.adjusted(-reach, -reach, reach, reach).contains(scenePoint))
        return edges;
    const auto near = [reach](double a, double b) { return std::abs(a - b) <= reach; };
    edges.setFlag(Qt::LeftEdge, near(scenePoint.x(), rect.left()));
    edges.setFlag(Qt::RightEdge, near(scenePoint.x(), rect.right()));
    edges.setFlag(Qt::TopEdge, near(scenePoint.y(), rect.top()));
    edges.setFlag(Qt::BottomEdge, near(scenePoint.y(), rect.bottom()));
    return edges;
}

QRectF FrameItem::boundingRect() const
{
    return QRectF(QPointF(), m_size).adjusted(-3, -3 - 1.5 * kLargestText, 3, 3); // zoomed out, the title stands above
}

void FrameItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const Theme &theme = m_scene.style().theme();
    const QColor colour = theme.frame(m_color);
    const QRectF rect(QPointF(), m_size);
    QColor fill = colour;
    fill.setAlphaF(theme.kind == ThemeKind::HighContrast ? 0.06f : theme.dark ? 0.10f : 0.07f);
    painter->setRenderHint(QPainter::Antialiasing);
    QPen edge(m_selected ? theme.accent : mixed(theme.canvas, colour, 0.55), m_selected ? 2 : theme.edge);
    edge.setCosmetic(true);
    painter->setPen(edge);
    painter->setBrush(fill);
    painter->drawRoundedRect(rect, kRadius, kRadius);
    paintTitle(*painter, colour);
}

void FrameItem::paintTitle(QPainter &painter, const QColor &colour) const
{
    const double scale = scaleOf(painter);
    QFont font = m_scene.style().titleFont();
    const double usual = font.pixelSize() > 0 ? font.pixelSize() : 14;
    double size = std::min(std::max(usual, kSmallestText / std::max(0.01, scale)), kLargestText);
    const double most = kTitleHeight * 0.75; // fits into the band
    const bool inside = size <= most || most * scale >= kLeastText;
    if (inside)
        size = std::min(size, most);
    font.setPixelSize(int(std::lround(size)));
    const QFontMetricsF metrics(font);
    const QRectF line = inside ? QRectF(kInset, 0, m_size.width() - 2 * kInset, kTitleHeight)
                               : QRectF(0, -metrics.height() - 2, m_size.width(), metrics.height());
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, metrics.elidedText(m_title, Qt::ElideRight, line.width()));
}

QRectF frameAround(const QRectF &cards)
{
    const QRectF wish = cards.adjusted(-FrameItem::kMargin, -FrameItem::kMargin - FrameItem::kTitleHeight, FrameItem::kMargin, FrameItem::kMargin);
    const auto down = [](double value) { return std::floor(value / NodeGeometry::kGrid) * NodeGeometry::kGrid; };
    const auto up = [](double value) { return std::ceil(value / NodeGeometry::kGrid) * NodeGeometry::kGrid; };
    return {QPointF(down(wish.left()), down(wish.top())), QPointF(up(wish.right()), up(wish.bottom()))};
}

} // namespace netloom
