// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/axis_tickers.h"

#include "theme/theme.h"

#include <cmath>

namespace netloom {

double wholeStep(double length, int most)
{
    for (double decade = 1;; decade *= 10) {
        for (double step : {1.0, 2.0, 5.0}) {
            if (length / (step * decade) <= most)
                return step * decade;
        }
    }
}

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

QString PercentTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return QString::number(100 * tick, 'f', std::abs(100 * tick - std::round(100 * tick)) > 0.01 ? 1 : 0) + QString::fromUtf8(" %");
}

QString LossTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return QString::number(std::abs(tick) < 1e-12 ? 0 : tick, 'g', 4);
}

} // namespace netloom
