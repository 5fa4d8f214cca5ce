// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/minimap.h"

#include "canvas/canvas_view.h"
#include "graph/frame.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr QSize kSize(184, 124);
constexpr int kMargin = 12;
constexpr double kInset = 8;

} // namespace

Minimap::Minimap(CanvasView &view) : QWidget(view.viewport()), m_view(view)
{
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview of the canvas"));
    setCursor(Qt::ArrowCursor);
    resize(kSize);
    hide();
}

void Minimap::follow()
{
    const QSize room = parentWidget()->size();
    move(room.width() - width() - kMargin, room.height() - height() - kMargin);
    const QRectF cards = m_view.canvasScene().cardsRect();
    const bool roomy = room.width() > 3 * width() && room.height() > 2 * height();
    setVisible(roomy && !cards.isEmpty() && !m_view.visibleScene().contains(cards));
    update();
}

QRectF Minimap::world() const
{
    if (!m_held.isEmpty())
        return m_held;
    return m_view.canvasScene().cardsRect().united(m_view.visibleScene());
}

QTransform Minimap::toMap() const
{
    const QRectF shown = world();
    const double scale = std::min((width() - 2 * kInset) / shown.width(), (height() - 2 * kInset) / shown.height());
    QTransform transform;
    transform.translate(width() / 2.0, height() / 2.0);
    transform.scale(scale, scale);
    transform.translate(-shown.center().x(), -shown.center().y());
    return transform;
}

void Minimap::paintEvent(QPaintEvent *)
{
    CanvasScene &scene = m_view.canvasScene();
    const Theme &theme = scene.style().theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kRadius, Theme::kRadius);
    const QTransform map = toMap();
    painter.setPen(Qt::NoPen);
    for (const auto &[id, node] : scene.document().graph().nodes()) {
        if (const FrameItem *frame = scene.frameItem(id)) {
            QColor tint = theme.frame(node.params.text(kFrameColor));
            tint.setAlphaF(0.25f);
            painter.setBrush(tint);
            painter.drawRect(map.mapRect(frame->area()));
        }
        const NodeItem *item = scene.nodeItem(id);
        if (!item)
            continue;
        const NodeSpec *spec = scene.document().spec(id);
        const QColor colour = spec ? theme.category(spec->category) : theme.textMuted;
        const QRectF card = map.mapRect(item->cardRect());
        const QRectF seen(card.topLeft(), QSizeF(std::max(2.0, card.width()), std::max(2.0, card.height())));
        if (seen.height() < 4) { // too small for round corners, and cheap: there may be a thousand
            painter.fillRect(seen, colour);
            continue;
        }
        painter.setBrush(colour);
        painter.drawRoundedRect(seen, 1, 1);
    }
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map.mapRect(m_view.visibleScene()).intersected(QRectF(rect()).adjusted(2, 2, -2, -2)));
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    m_held = {};
    m_held = world();
    lookAt(event->position().toPoint());
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        lookAt(event->position().toPoint());
    else
        m_held = {};
}

void Minimap::lookAt(QPoint point)
{
    m_view.lookAt(toMap().inverted().map(QPointF(point)));
}

} // namespace netloom
