// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/share_bars.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kMargin = 24;
constexpr int kRow = 34;
constexpr int kMostWidth = 880;
constexpr int kNumber = 56; ///< px for the percent

} // namespace

ShareBars::ShareBars(QWidget *parent) : QWidget(parent) {}

void ShareBars::setEmptyText(const QString &heading, const QString &sentence)
{
    m_heading = heading;
    m_sentence = sentence;
    update();
}

void ShareBars::setBars(std::vector<Bar> bars, const QString &rest, const QString &note)
{
    std::ranges::stable_sort(bars, std::ranges::greater(), &Bar::share);
    m_bars = std::move(bars);
    m_hasRest = !rest.isEmpty() && !m_bars.empty();
    m_note = note;
    if (m_hasRest) {
        double left = 1;
        for (const Bar &bar : m_bars)
            left -= bar.share;
        m_bars.push_back({rest, std::max(0.0, left)});
    }
    update();
}

void ShareBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    if (m_bars.empty()) {
        paintEmptyState(painter, rect(), "chart", m_heading, m_sentence);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::current();
    const int wide = std::min(width() - 2 * kMargin, kMostWidth);
    painter.setFont(themeFont(TextRole::Body));
    int names = 0;
    for (const Bar &bar : m_bars)
        names = std::max(names, painter.fontMetrics().horizontalAdvance(bar.name));
    names = std::min(names + 12, wide / 3);
    int y = kMargin;
    for (std::size_t index = 0; index < m_bars.size(); ++index, y += kRow) {
        const Bar &bar = m_bars[index];
        const bool isRest = m_hasRest && index + 1 == m_bars.size();
        painter.setPen(isRest ? theme.textMuted : theme.text);
        painter.drawText(QRect(kMargin, y, names - 12, kRow), Qt::AlignRight | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(bar.name, Qt::ElideMiddle, names - 12));
        const QRectF track(kMargin + names, y + 9, wide - names - kNumber, kRow - 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(theme.panel, theme.border, 0.5));
        painter.drawRoundedRect(track, 4, 4);
        QRectF filled = track;
        filled.setWidth(std::max(3.0, track.width() * std::min(1.0, bar.share)));
        painter.setBrush(isRest ? theme.borderStrong : theme.accent);
        painter.drawRoundedRect(filled, 4, 4);
        painter.setPen(isRest ? theme.textMuted : theme.text);
        painter.drawText(QRectF(track.right() + 8, y, kNumber - 8, kRow), Qt::AlignRight | Qt::AlignVCenter, tr("%1 %").arg(qRound(bar.share * 100)));
    }
    painter.setFont(themeFont(TextRole::Small));
    painter.setPen(theme.textMuted);
    painter.drawText(QRect(kMargin, y + 12, wide, std::max(20, height() - y - 16)), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_note);
}

void ShareBars::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace netloom
