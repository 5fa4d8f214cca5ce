// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_note.h"

#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kMostWidth = 320;
constexpr int kMargin = 10;
constexpr int kOffset = 18; ///< from the cursor's tip

} // namespace

CanvasNote::CanvasNote(QWidget *viewport) : QLabel(viewport)
{
    setObjectName(QStringLiteral("canvasNote"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    hide();
}

void CanvasNote::showAt(const QString &text, QPoint point)
{
    setText(text);
    const QRect needed = fontMetrics().boundingRect(QRect(0, 0, kMostWidth, 1000), Qt::TextWordWrap, text);
    resize(needed.size() + QSize(2 * kMargin + 6, kMargin + 4));
    const QSize room = parentWidget()->size();
    const int x = std::clamp(point.x() + kOffset, 4, std::max(4, room.width() - width() - 4));
    int y = point.y() + kOffset;
    if (y + height() > room.height() - 4)
        y = point.y() - kOffset / 2 - height();
    move(x, std::max(4, y));
    show();
    raise();
}

void CanvasNote::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.error, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kRadius, Theme::kRadius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.error);
    painter.drawRoundedRect(QRectF(4, 6, 3, height() - 12), 1.5, 1.5);
    painter.setPen(theme.text);
    painter.drawText(rect().adjusted(kMargin + 4, 0, -kMargin + 4, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text());
}

} // namespace netloom
