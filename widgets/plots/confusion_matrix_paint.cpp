// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/confusion_matrix_view.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr int kMargin = 8;
constexpr int kCornerWidth = 84;  ///< at least: the switch between counts and percent, and what rows and columns are
constexpr int kCornerHeight = 62;
constexpr int kSmallestFont = 9; ///< px

QFont smallFont(bool bold = false)
{
    QFont font = themeFont(TextRole::Small);
    if (bold)
        font.setWeight(QFont::DemiBold);
    return font;
}

/// How much of the accent shows at @p part of a row, so that small parts are seen. High contrast leaves out the middle tones, on which no
/// number could be read well.
double tone(double part, ThemeKind theme)
{
    const double share = 0.04 + 0.96 * std::pow(part, 0.7);
    if (theme != ThemeKind::HighContrast)
        return share;
    return share < 0.5 ? 0.7 * share : 0.7 + 0.6 * (share - 0.5);
}

} // namespace

void ConfusionMatrixView::layOut()
{
    m_countsButton->move(kMargin, 4);
    m_percentButton->move(m_countsButton->geometry().right() + 3, 4);
    m_grid = {};
    if (m_classes == 0)
        return;
    const QFontMetrics metrics(smallFont());
    int widest = 0;
    for (int index = 0; index < m_classes; ++index)
        widest = std::max(widest, metrics.horizontalAdvance(m_names[index]));
    const int left = kMargin + std::max(std::min(widest, int(width() * 0.3)) + 8, kCornerWidth);
    const int availableWidth = std::max(width() - kMargin - left, m_classes);
    m_rotated = widest + 10 > availableWidth / m_classes;
    const int columnHeader = m_rotated ? std::min(widest, std::max(int(height() * 0.2), 60)) + 8 : metrics.height() + 4;
    const int top = std::max(columnHeader + 4, kCornerHeight);
    const int availableHeight = std::max(height() - kMargin - top, m_classes);
    double cellHeight = double(availableHeight) / m_classes;
    double cellWidth = double(availableWidth) / m_classes;
    // Near to square, but as wide as level headers need.
    const double header = m_rotated ? 0 : widest + 10;
    cellWidth = std::min(cellWidth, std::max(header, std::min(cellHeight * 2.2, m_hasSwitch ? 120.0 : 200.0)));
    cellHeight = std::min({cellHeight, cellWidth, m_hasSwitch ? 80.0 : 140.0});
    m_grid = QRect(left, top, int(cellWidth * m_classes), int(cellHeight * m_classes));
    const auto every = [&metrics](double room) { return std::max(1, int(std::ceil(metrics.height() * 0.75 / std::max(1.0, room)))); };
    m_rowEvery = every(cellHeight * m_zoom);
    m_columnEvery = m_rotated ? every(cellWidth * m_zoom) : 1;
    setOffset(m_offset);
}

bool ConfusionMatrixView::showsNumbers() const
{
    if (m_classes == 0)
        return false;
    const QRect cell = cellRect(0, 0);
    QFont font = smallFont();
    font.setPixelSize(kSmallestFont);
    const std::int64_t largest = *std::ranges::max_element(m_counts);
    const QString sample = showsPercentages() ? QString("100 %") : QString(QString::number(largest).size(), '8');
    return cell.height() >= kSmallestFont + 2 && cell.width() >= QFontMetrics(font).horizontalAdvance(sample) + 2;
}

void ConfusionMatrixView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_classes == 0) {
        paintEmptyState(painter, rect(), "grid", m_emptyHeading, m_emptySentence);
        return;
    }
    paintCells(painter);
    paintHeaders(painter);
    paintHover(painter);
}

void ConfusionMatrixView::paintCells(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const bool numbers = showsNumbers();
    painter.save();
    painter.setClipRect(m_grid);
    const QRect first = cellRect(0, 0);
    QFont font = smallFont();
    const std::int64_t largest = *std::ranges::max_element(m_counts);
    const QString sample = showsPercentages() ? QString("100 %") : QString(QString::number(largest).size(), '8');
    int size = std::clamp(int(first.height() * 0.5), kSmallestFont, 14);
    for (; size > kSmallestFont; --size) {
        font.setPixelSize(size);
        if (QFontMetrics(font).horizontalAdvance(sample) + 6 <= first.width())
            break;
    }
    font.setPixelSize(size);
    painter.setFont(font);
    const int gap = first.width() >= 14 && first.height() >= 10 ? 1 : 0;
    const QColor nothing = mixed(theme.panel, theme.accent, theme.dark ? 0.05 : 0.035);
    for (int truth = 0; truth < m_classes; ++truth) {
        for (int predicted = 0; predicted < m_classes; ++predicted) {
            const QRect cell = cellRect(truth, predicted);
            if (!cell.intersects(m_grid))
                continue;
            const double part = share(truth, predicted);
            const QColor fill = part > 0 ? mixed(nothing, theme.accent, tone(part, theme.kind)) : nothing;
            painter.fillRect(cell.adjusted(0, 0, -gap, -gap), fill);
            if (!numbers)
                continue;
            const bool zero = count(truth, predicted) == 0;
            painter.setPen(zero ? mixed(fill, theme.textMuted, 0.75) : readableOn(fill));
            painter.drawText(cell.adjusted(0, 0, -gap, -gap), Qt::AlignCenter | Qt::TextSingleLine, zero && showsPercentages() ? QString("0") : cellText(truth, predicted));
        }
    }
    painter.restore();
}

void ConfusionMatrixView::paintHeaders(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QFontMetrics metrics(smallFont());
    const int left = kMargin;
    painter.setFont(smallFont());
    painter.setPen(theme.textMuted);
    const QRect corner(left, m_grid.top() - 33, m_grid.left() - left - 6, 14);
    painter.drawText(corner, Qt::AlignRight | Qt::AlignVCenter, tr("predicted") + QString::fromUtf8(" →"));
    painter.drawText(corner.translated(0, 14), Qt::AlignRight | Qt::AlignVCenter, tr("truth") + QString::fromUtf8(" ↓"));
    const auto seen = [this](int centre, int low, int high) { return centre >= low && centre <= high; };
    for (int place = 0; place < m_classes; ++place) {
        const int index = m_order[std::size_t(place)];
        const bool hotRow = m_hover.truth == index, hotColumn = m_hover.predicted == index;
        const QRect row = cellRect(index, 0), column = cellRect(0, index);
        // Where not every class has a header, the hovered one takes the place of its neighbours.
        if (seen(row.center().y(), m_grid.top(), m_grid.bottom()) && (m_hover.valid() && m_rowEvery > 1 ? hotRow : place % m_rowEvery == 0)) {
            painter.setFont(smallFont(hotRow));
            painter.setPen(hotRow ? theme.text : theme.textMuted);
            const QRect at(left, row.center().y() - 10, m_grid.left() - left - 6, 20);
            painter.drawText(at, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(m_names[index], Qt::ElideRight, at.width()));
        }
        if (!seen(column.center().x(), m_grid.left(), m_grid.right()) || (m_hover.valid() && m_columnEvery > 1 ? !hotColumn : place % m_columnEvery != 0))
            continue;
        painter.setFont(smallFont(hotColumn));
        painter.setPen(hotColumn ? theme.text : theme.textMuted);
        if (!m_rotated) {
            painter.drawText(QRect(column.left() - 2, m_grid.top() - metrics.height() - 4, column.width() + 4, metrics.height() + 2), Qt::AlignCenter, m_names[index]);
            continue;
        }
        const int room = m_grid.top() - 10;
        painter.save();
        painter.translate(column.center().x() + 1, m_grid.top() - 6);
        painter.rotate(-90);
        painter.drawText(QRect(0, -10, room, 20), Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(m_names[index], Qt::ElideRight, room));
        painter.restore();
    }
}

void ConfusionMatrixView::paintHover(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    painter.setClipRect(m_grid.adjusted(-2, -2, 2, 2));
    outline(painter, m_marked, theme.text, 2.5);
    if (hasFocus() && m_key.valid() && !(m_key == m_hover))
        outline(painter, m_key, theme.borderStrong, 1.5);
    outline(painter, m_hover, theme.text, 1.5);
}

void ConfusionMatrixView::outline(QPainter &painter, Cell cell, const QColor &colour, double width) const
{
    if (!cell.valid())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(cellRect(cell.truth, cell.predicted)).adjusted(-0.5, -0.5, -0.5, -0.5));
}

} // namespace netloom
