// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QString>

#include <functional>
#include <vector>

class QCPAxisRect;
class QCPItemLine;
class QCustomPlot;
class QPen;

namespace netloom {

/// A hidden line from the bottom of @p rect, which lies in a plot's layout, to its top.
QCPItemLine *uprightLine(QCPAxisRect &rect);

/// A line through plots above one time axis that follows the mouse, with a tip that tells what is there.
class EpochCursor {
public:
    /// @p text gives the tip for a point of time.
    EpochCursor(QCustomPlot &plot, std::function<QString(double epoch)> text);

    void addTo(QCPAxisRect &rect);
    void setPen(const QPen &pen);

    /// Hides it where @p position, in the plot, is in no axis rect.
    void moveTo(const QPoint &position);
    void leave();

private:
    QCustomPlot &m_plot;
    std::function<QString(double epoch)> m_text;
    std::vector<QCPItemLine *> m_lines; ///< one for each axis rect
};

} // namespace netloom
