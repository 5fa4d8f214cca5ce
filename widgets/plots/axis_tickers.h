// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace netloom {

/// 1, 2, 5, 10, 20, ...: a step that gives at most @p most ticks over @p length.
double wholeStep(double length, int most);

/// The lines of a plot's grid.
enum class GridLines { Across, BothWays };

/// The quiet axes of all plots: labels and lines of the theme, no ticks. Curves over time have lines across alone.
void styleAxis(QCPAxis &axis, GridLines lines = GridLines::Across);

/// Ticks as percentages of a 0..1 axis.
class PercentTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override;
};

/// Ticks with up to four decimals and no exponent for the sizes that losses have.
class LossTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override;
};

} // namespace netloom
