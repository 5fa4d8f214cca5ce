// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/epoch_cursor.h"

#include <qcustomplot.h>

#include <QToolTip>

#include <algorithm>

namespace netloom {

QCPItemLine *uprightLine(QCPAxisRect &rect)
{
    auto *line = new QCPItemLine(rect.parentPlot());
    line->setClipAxisRect(&rect);
    for (QCPItemPosition *point : {line->start, line->end}) {
        point->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
        point->setTypeX(QCPItemPosition::ptPlotCoords);
        point->setTypeY(QCPItemPosition::ptAxisRectRatio);
        point->setAxisRect(&rect);
    }
    line->setVisible(false);
    return line;
}

EpochCursor::EpochCursor(QCustomPlot &plot, std::function<QString(double epoch)> text) : m_plot(plot), m_text(std::move(text)) {}

void EpochCursor::addTo(QCPAxisRect &rect)
{
    m_lines.push_back(uprightLine(rect));
}

void EpochCursor::setPen(const QPen &pen)
{
    for (QCPItemLine *line : m_lines)
        line->setPen(pen);
}

void EpochCursor::moveTo(const QPoint &position)
{
    const auto under = std::ranges::find_if(m_lines, [&](const QCPItemLine *line) { return line->clipAxisRect()->rect().contains(position); });
    if (under == m_lines.end())
        return leave();
    const double epoch = (*under)->clipAxisRect()->axis(QCPAxis::atBottom)->pixelToCoord(position.x());
    for (QCPItemLine *line : m_lines) {
        line->setVisible(true);
        line->start->setCoords(epoch, 0);
        line->end->setCoords(epoch, 1);
    }
    QToolTip::showText(m_plot.mapToGlobal(position + QPoint(10, 10)), m_text(epoch), &m_plot);
    m_plot.replot(QCustomPlot::rpQueuedReplot);
}

void EpochCursor::leave()
{
    if (m_lines.empty() || !m_lines.front()->visible())
        return;
    for (QCPItemLine *line : m_lines)
        line->setVisible(false);
    QToolTip::hideText();
    m_plot.replot(QCustomPlot::rpQueuedReplot);
}

} // namespace netloom
