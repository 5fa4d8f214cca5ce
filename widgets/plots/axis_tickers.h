// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace netloom {

/// 1, 2, 5, 10, 20, ...: a step that gives at most @p most ticks over @p length.
double wholeStep(double length, int most);

/// The quiet axes of curves: labels and lines of the theme, no ticks, a grid across.
void styleAxis(QCPAxis &axis);

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
