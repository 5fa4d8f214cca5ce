// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace netloom {

/// The lines of a plot's grid.
enum class GridLines { Across, BothWays };

/// The quiet axes of all plots: labels and lines of the theme, no ticks. Curves over time have lines across alone.
void styleAxis(QCPAxis &axis, GridLines lines = GridLines::Across);

/// Whole epochs, as many as can be read; parts of one where less is seen.
class EpochTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange &range) override;
};

/// Ticks as percentages of a 0..1 axis.
class PercentTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override;
};

/// Ticks with up to six digits and no exponent for the sizes that losses have.
class LossTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override;
};

} // namespace netloom
