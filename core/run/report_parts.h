// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"

#include <string>
#include <utility>
#include <vector>

namespace netloom {

// The sections of report.html. Each gives finished HTML, or "" when there is nothing to show.

/// The page's style sheet, light and dark.
const char *reportStyle();

struct ChartSeries {
    std::string label;
    std::string cssClass; ///< "train" or "val"
    std::vector<std::pair<double, double>> points; ///< x = epoch
};

struct Chart {
    std::string title;
    std::vector<ChartSeries> series;
    std::int64_t markedEpoch = 0; ///< drawn as a dashed line; 0 = none
    bool percent = false;         ///< y is a share from 0 to 1
    std::vector<std::pair<double, std::string>> marks = {}; ///< at an epoch, what happened there
    double floor = -1e300;        ///< where the axis ends below, unless even the highest value lies lower
};

/// Predicted against true numbers with the line on which they agree, both axes alike.
struct Scatter {
    std::string title;
    std::string xLabel, yLabel;
    std::vector<Estimate> points;
    bool residuals = false; ///< the points are predicted numbers and by how much they are off; the line lies at 0
};

/// Round numbers that cover @p low to @p high in about @p wanted steps.
std::vector<double> roundTicks(double low, double high, int wanted);

std::string chartSvg(const Chart &chart);
/// "" where no point is finite.
std::string scatterSvg(const Scatter &scatter);
/// The matrix as a table, shaded by the share of the row; a sentence where it has too many classes.
std::string confusionTable(const ConfusionMatrix &confusion, const std::vector<std::string> &classNames);
std::string curvesSection(const RunRecord &record);
std::string confusionSection(const RunRecord &record);
/// The same for where a number is learned: predicted against true, and the scores of every split.
std::string numbersSection(const RunRecord &record);
std::string scoresSection(const RunRecord &record);
/// How each of several heads does on the test samples.
std::string headsSection(const RunRecord &record);
std::string filtersSection(const RunRecord &record);
std::string networkSection(const RunRecord &record);
std::string settingsSection(const RunRecord &record);
std::string unreadableSection(const RunRecord &record);

/// "<section><h2>title</h2>body</section>", "" for an empty body.
std::string section(const std::string &title, const std::string &body);

} // namespace netloom
