// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/card_preview.h"

#include "canvas/canvas_style.h"
#include "plots/preview_painting.h"

#include <QCoreApplication>
#include <QPaintDevice>
#include <QPainter>

#include <cmath>

namespace netloom {

bool CardPreview::set(std::shared_ptr<const NodePreview> preview)
{
    if (!m_stale && m_preview == preview)
        return false;
    if (m_preview != preview)
        m_drawnScale = 0;
    m_preview = std::move(preview);
    m_stale = false;
    return true;
}

bool CardPreview::markStale()
{
    return m_preview && !std::exchange(m_stale, true);
}

QString CardPreview::tip() const
{
    if (!m_preview)
        return {};
    const QString summary = previewSummary(*m_preview);
    return m_preview->kind == NodePreview::Kind::None
        ? summary
        : summary + '\n' + QCoreApplication::translate("preview", "Double click shows it large.");
}

void CardPreview::paint(QPainter &painter, const QRectF &rect, const CanvasStyle &style)
{
    if (!m_preview)
        return;
    const double scale = scaleOf(painter) * painter.device()->devicePixelRatioF();
    if (m_drawnScale != scale || m_drawnDark != style.theme().dark) {
        m_drawnScale = scale;
        m_drawnDark = style.theme().dark;
        m_drawn = QPixmap((rect.size() * scale).toSize().expandedTo({1, 1}));
        m_drawn.fill(Qt::transparent);
        QPainter canvas(&m_drawn);
        canvas.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        canvas.scale(scale, scale);
        paintPreview(canvas, QRectF(QPointF(), rect.size()), *m_preview, style.smallFont());
    }
    const double before = painter.opacity();
    painter.setOpacity(before * (m_stale ? 0.35 : 1));
    drawOnPixels(painter, m_drawn, rect.topLeft());
    painter.setOpacity(before);
}

} // namespace netloom
