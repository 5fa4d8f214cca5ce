// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/svg_parts.h"

#include "run/html.h"
#include "run/number_text.h"

namespace netloom {

std::string svgNumber(double px)
{
    return fixedText(px, 1);
}

std::string svgLine(const std::string &cssClass, double x1, double y1, double x2, double y2)
{
    return "<line class=\"" + cssClass + "\" x1=\"" + svgNumber(x1) + "\" y1=\"" + svgNumber(y1) + "\" x2=\"" + svgNumber(x2) + "\" y2=\""
        + svgNumber(y2) + "\"/>";
}

std::string svgText(double x, double y, const char *anchor, const std::string &text)
{
    return "<text x=\"" + svgNumber(x) + "\" y=\"" + svgNumber(y) + "\" text-anchor=\"" + anchor + "\">" + htmlText(text) + "</text>";
}

std::string figureStart(const std::string &title, double width, double height)
{
    return "<figure><figcaption>" + htmlText(title) + "</figcaption><svg viewBox=\"0 0 " + svgNumber(width) + " "
        + svgNumber(height) + "\" role=\"img\" aria-label=\"" + htmlText(title) + "\">";
}

std::string figureEnd()
{
    return "</svg></figure>";
}

std::string shareChartSvg(const ShareChart &chart)
{
    const auto x = [](double share) { return kChartLeft + share * (kChartRight - kChartLeft); };
    const auto y = [](double share) { return kChartBottom - share * (kChartBottom - kChartTop); };
    std::string svg = figureStart(chart.title);
    for (int tick = 0; tick <= 5; ++tick) {
        svg += svgLine("grid", kChartLeft, y(tick / 5.0), kChartRight, y(tick / 5.0));
        svg += svgText(kChartLeft - 6, y(tick / 5.0) + 4, "end", fixedText(tick / 5.0, 1));
        svg += svgText(x(tick / 5.0), kChartBottom + 16, "middle", fixedText(tick / 5.0, 1));
    }
    for (const ShareChart::Bar &bar : chart.bars)
        svg += "<rect class=\"share\" x=\"" + svgNumber(x(bar.low) + 1) + "\" y=\"" + svgNumber(y(bar.height)) + "\" width=\""
            + svgNumber(x(bar.high) - x(bar.low) - 2) + "\" height=\"" + svgNumber(kChartBottom - y(bar.height)) + "\"><title>" + htmlText(bar.note)
            + "</title></rect>";
    svg += svgLine("axis", kChartLeft, kChartBottom, kChartRight, kChartBottom);
    if (chart.diagonal)
        svg += svgLine("ideal", x(0), y(0), x(1), y(1));
    for (const ShareChart::Curve &curve : chart.curves) {
        std::string points;
        for (const auto &[right, up] : curve.points)
            points.append(points.empty() ? "" : " ").append(svgNumber(x(right))).append(",").append(svgNumber(y(up)));
        svg += "<polyline class=\"curve " + curve.cssClass + "\" points=\"" + points + "\"/>";
    }
    svg += svgText(kChartLeft - 40, kChartTop - 14, "start", chart.yLabel) + svgText((kChartLeft + kChartRight) / 2, kChartHeight - 2, "middle", chart.xLabel);
    return svg + figureEnd();
}

} // namespace netloom
