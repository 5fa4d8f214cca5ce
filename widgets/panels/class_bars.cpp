// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/class_bars.h"

#include "panels/fact_rows.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kRow = 20; ///< px

} // namespace

ClassBars::ClassBars(QStringList names, std::vector<std::int64_t> counts, QWidget *parent)
    : QWidget(parent), m_names(std::move(names)), m_counts(std::move(counts))
{
    m_counts.resize(std::size_t(m_names.size()));
    setFixedHeight(kRow * int(m_names.size()));
}

void ClassBars::paintEvent(QPaintEvent *)
{
    if (m_names.isEmpty())
        return;
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(themeFont(TextRole::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    const std::int64_t most = std::max<std::int64_t>(1, *std::ranges::max_element(m_counts));
    int nameWidth = 0, countWidth = 0;
    for (int row = 0; row < int(m_names.size()); ++row) {
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(m_names[row]));
        countWidth = std::max(countWidth, metrics.horizontalAdvance(grouped(m_counts[std::size_t(row)])));
    }
    nameWidth = std::min(nameWidth, width() / 2 - 20);
    const int barLeft = nameWidth + 10;
    const int barRoom = std::max(width() - barLeft - countWidth - 10, 4);
    for (int row = 0; row < int(m_names.size()); ++row) {
        const std::int64_t count = m_counts[std::size_t(row)];
        const QRect line(0, row * kRow, width(), kRow);
        painter.setPen(theme.textMuted);
        painter.drawText(line.adjusted(0, 0, nameWidth - width(), 0), Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(m_names[row], Qt::ElideRight, nameWidth));
        painter.setPen(theme.text);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, grouped(count));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.border);
        painter.drawRoundedRect(QRectF(barLeft, line.center().y() - 2, barRoom, 5), 2.5, 2.5);
        painter.setBrush(theme.accent);
        if (count > 0)
            painter.drawRoundedRect(QRectF(barLeft, line.center().y() - 2, std::max(5.0, barRoom * double(count) / double(most)), 5), 2.5, 2.5);
    }
}

} // namespace netloom
