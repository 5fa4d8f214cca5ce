// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace netloom {

// What the charts of reports are drawn with. All have one size, in px.

inline constexpr double kChartWidth = 480;
inline constexpr double kChartHeight = 276;
inline constexpr double kChartLeft = 46;
inline constexpr double kChartRight = 470;
inline constexpr double kChartTop = 40;
inline constexpr double kChartBottom = 242;

std::string svgNumber(double px);
std::string svgLine(const std::string &cssClass, double x1, double y1, double x2, double y2);
std::string svgText(double x, double y, const char *anchor, const std::string &text);
/// "<figure>…<svg …>" up to where the drawing goes, and what ends that.
std::string figureStart(const std::string &title, double width = kChartWidth, double height = kChartHeight);
std::string figureEnd();

/// Shares from 0 to 1 on both axes.
struct ShareChart {
    std::string title;
    std::string xLabel, yLabel;
    struct Curve {
        std::string cssClass; ///< "train", "val", "faint"
        std::vector<std::pair<double, double>> points;
    };
    std::vector<Curve> curves;
    struct Bar { double low, high, height; std::string note; };
    std::vector<Bar> bars;
    bool diagonal = false; ///< dashed
};
std::string shareChartSvg(const ShareChart &chart);

} // namespace netloom
