// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/axis_tickers.h"

#include "theme/theme.h"

#include <cmath>

namespace netloom {

namespace {

/// 1, 2, 5, 10, 20, ...: a step that gives at most @p most ticks over @p length.
double wholeStep(double length, int most)
{
    for (double decade = 1;; decade *= 10) {
        for (double step : {1.0, 2.0, 5.0}) {
            if (length / (step * decade) <= most)
                return step * decade;
        }
    }
}

} // namespace

void styleAxis(QCPAxis &axis, GridLines lines)
{
    const Theme &theme = Theme::current();
    const bool bottom = axis.axisType() == QCPAxis::atBottom;
    axis.setBasePen(bottom ? QPen(mixed(theme.border, theme.borderStrong, 0.5), 1) : Qt::NoPen);
    axis.setTickPen(Qt::NoPen);
    axis.setSubTickPen(Qt::NoPen);
    axis.setTickLabelColor(theme.textMuted);
    axis.setTickLabelFont(themeFont(TextRole::Small));
    axis.setTickLabelPadding(6);
    axis.setLabelColor(theme.textMuted);
    axis.setLabelFont(themeFont(TextRole::Small));
    axis.setLabelPadding(2);
    axis.grid()->setVisible(!bottom || lines == GridLines::BothWays);
    axis.grid()->setPen(QPen(theme.kind == ThemeKind::HighContrast ? theme.canvasGrid : theme.border, 1));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

double EpochTicker::getTickStep(const QCPRange &range)
{
    constexpr int kMost = 8;
    constexpr double kSides = 1.05; // what lies beside the first and the last epoch
    return range.size() < 1 ? QCPAxisTicker::getTickStep(range) : wholeStep(range.size() / kSides, kMost);
}

QString PercentTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return QString::number(std::abs(tick) < 1e-12 ? 0 : 100 * tick, 'g', 5) + QString::fromUtf8(" %");
}

QString LossTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return QString::number(std::abs(tick) < 1e-12 ? 0 : tick, 'g', 6);
}

} // namespace netloom
