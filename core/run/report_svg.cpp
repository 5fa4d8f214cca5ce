// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/html.h"
#include "run/number_text.h"
#include "run/report_parts.h"
#include "run/svg_parts.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr std::size_t kMaxDots = 40;

/// Maps epochs and values to px.
struct Frame {
    double xLow, xHigh, yLow, yHigh;

    double x(double epoch) const { return kChartLeft + (epoch - xLow) / (xHigh - xLow) * (kChartRight - kChartLeft); }
    double y(double value) const { return kChartBottom - (std::max(value, yLow) - yLow) / (yHigh - yLow) * (kChartBottom - kChartTop); }
};

std::vector<ChartSeries> finiteOnly(const Chart &chart)
{
    std::vector<ChartSeries> series = chart.series;
    for (ChartSeries &one : series)
        std::erase_if(one.points, [](const auto &point) { return !std::isfinite(point.second); });
    std::erase_if(series, [](const ChartSeries &one) { return one.points.empty(); });
    return series;
}

std::string tickText(double tick, double step, bool percent)
{
    if (percent)
        return fixedText(tick * 100, step < 0.01 ? 1 : 0) + " %";
    const int digits = std::clamp(int(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
    const bool half = std::abs(step * std::pow(10, digits) - std::round(step * std::pow(10, digits))) > 1e-6;
    return fixedText(tick, digits + (half ? 1 : 0));
}

std::string axes(const Frame &frame, const std::vector<double> &yTicks, bool percent)
{
    std::string svg;
    const double step = yTicks.size() > 1 ? yTicks[1] - yTicks[0] : 1;
    for (double tick : yTicks) {
        svg += svgLine("grid", kChartLeft, frame.y(tick), kChartRight, frame.y(tick));
        svg += svgText(kChartLeft - 6, frame.y(tick) + 4, "end", tickText(tick, step, percent));
    }
    svg += svgLine("axis", kChartLeft, kChartBottom, kChartRight, kChartBottom);
    for (double tick : roundTicks(frame.xLow, frame.xHigh, 8)) {
        if (tick < frame.xLow || tick > frame.xHigh || tick != std::floor(tick))
            continue;
        svg += svgText(frame.x(tick), kChartBottom + 16, "middle", fixedText(tick, 0));
    }
    svg += svgText((kChartLeft + kChartRight) / 2, kChartHeight - 2, "middle", "epoch");
    return svg;
}

std::string curve(const ChartSeries &series, const Frame &frame)
{
    std::string points;
    std::string dots;
    for (const auto &[epoch, value] : series.points) {
        points.append(points.empty() ? "" : " ").append(svgNumber(frame.x(epoch))).append(",").append(svgNumber(frame.y(value)));
        if (series.points.size() <= kMaxDots)
            dots += "<circle class=\"" + series.cssClass + "\" cx=\"" + svgNumber(frame.x(epoch)) + "\" cy=\"" + svgNumber(frame.y(value))
                + "\" r=\"2.5\"><title>epoch " + fixedText(epoch, 0) + ": " + fixedText(value, 4) + "</title></circle>";
    }
    return "<polyline class=\"curve " + series.cssClass + "\" points=\"" + points + "\"/>" + dots;
}

std::pair<double, double> rangeOf(const std::vector<Estimate> &points, double Estimate::*part)
{
    const auto [low, high] = std::ranges::minmax(points, {}, part);
    return {low.*part, high.*part};
}

std::string legend(const std::vector<ChartSeries> &series)
{
    std::string svg;
    double x = kChartRight;
    for (auto one = series.rbegin(); one != series.rend(); ++one) {
        x -= 8 + 6.4 * double(one->label.size());
        svg += svgText(x, 12, "start", one->label);
        svg += svgLine("curve " + one->cssClass, x - 20, 8, x - 6, 8);
        x -= 34;
    }
    return svg;
}

} // namespace

std::vector<double> roundTicks(double low, double high, int wanted)
{
    constexpr double kMostTicks = 50;
    if (!(high > low))
        high = low + 1;
    if (!(high - low > 1e-12 * std::abs(low))) // no steps fit between numbers that large
        return {low, high};
    const double rough = (high - low) / std::max(wanted, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= rough * 0.999) {
            step = factor * power;
            break;
        }
    }
    std::vector<double> ticks;
    const double first = std::floor(low / step + 1e-9);
    const double last = std::ceil(high / step - 1e-9);
    for (double index = 0; index <= std::min(last - first, kMostTicks); ++index)
        ticks.push_back((first + index) * step);
    return ticks;
}

std::string chartSvg(const Chart &chart)
{
    const std::vector<ChartSeries> series = finiteOnly(chart);
    if (series.empty())
        return {};
    double low = series[0].points[0].second, high = low;
    double first = series[0].points[0].first, last = first;
    for (const ChartSeries &one : series) {
        for (const auto &[epoch, value] : one.points) {
            low = std::min(low, value);
            high = std::max(high, value);
            first = std::min(first, epoch);
            last = std::max(last, epoch);
        }
    }
    low = std::max(low, std::min(chart.floor, high));
    if (high - low < 1e-9 * std::max(1.0, std::abs(high))) {
        const double around = chart.percent ? 0.05 : std::max(0.5, 0.1 * std::abs(high));
        low -= around;
        high += around;
    }
    std::vector<double> ticks = roundTicks(low, high, 5);
    if (chart.percent)
        std::erase_if(ticks, [](double tick) { return tick < -1e-9 || tick > 1 + 1e-9; });
    const double pad = last > first ? (last - first) * 0.02 : 0.5;
    const Frame frame{first - pad, last + pad, std::min(ticks.front(), low), std::max(ticks.back(), high)};

    std::string svg = figureStart(chart.title);
    svg += axes(frame, ticks, chart.percent);
    if (chart.markedEpoch > 0) {
        const double x = frame.x(double(chart.markedEpoch));
        svg += svgLine("best", x, kChartTop - 4, x, kChartBottom);
        svg += svgText(x, kChartTop - 9, x > kChartRight - 30 ? "end" : "middle", "best");
    }
    for (const auto &[epoch, text] : chart.marks) {
        const double x = frame.x(std::clamp(epoch, frame.xLow, frame.xHigh));
        svg += svgLine("best", x, kChartTop, x, kChartBottom) + svgText(x + 3, kChartTop + 10, "start", text);
    }
    for (const ChartSeries &one : series)
        svg += curve(one, frame);
    return svg + legend(series) + figureEnd();
}

std::string scatterSvg(const Scatter &scatter)
{
    std::vector<Estimate> points = scatter.points;
    std::erase_if(points, [](const Estimate &point) { return !std::isfinite(point.truth) || !std::isfinite(point.predicted); });
    if (points.empty())
        return {};
    auto [xLow, xHigh] = rangeOf(points, &Estimate::truth);
    auto [yLow, yHigh] = rangeOf(points, &Estimate::predicted);
    if (scatter.residuals) {
        yHigh = std::max({yHigh, -yLow, 1e-12});
        yLow = -yHigh;
    } else {
        xLow = yLow = std::min(xLow, yLow);
        xHigh = yHigh = std::max(xHigh, yHigh);
    }
    const std::vector<double> xTicks = roundTicks(xLow, xHigh, 5), yTicks = roundTicks(yLow, yHigh, 5);
    const Frame frame{std::min(xTicks.front(), xLow), std::max(xTicks.back(), xHigh), std::min(yTicks.front(), yLow), std::max(yTicks.back(), yHigh)};
    std::string svg = figureStart(scatter.title);
    for (double tick : yTicks) {
        svg += svgLine("grid", kChartLeft, frame.y(tick), kChartRight, frame.y(tick));
        svg += svgText(kChartLeft - 6, frame.y(tick) + 4, "end", figureText(tick));
    }
    for (double tick : xTicks)
        svg += svgText(frame.x(tick), kChartBottom + 16, "middle", figureText(tick));
    svg += svgLine("axis", kChartLeft, kChartBottom, kChartRight, kChartBottom);
    svg += svgLine("ideal", kChartLeft, frame.y(scatter.residuals ? 0 : frame.xLow), kChartRight, frame.y(scatter.residuals ? 0 : frame.xHigh));
    for (const Estimate &point : points)
        svg += "<circle class=\"dot\" cx=\"" + svgNumber(frame.x(point.truth)) + "\" cy=\"" + svgNumber(frame.y(point.predicted)) + "\" r=\"3\"><title>"
            + htmlText(scatter.xLabel) + " " + figureText(point.truth) + ", " + htmlText(scatter.yLabel) + " " + figureText(point.predicted) + "</title></circle>";
    svg += svgText(kChartLeft - 40, kChartTop - 14, "start", scatter.yLabel) + svgText((kChartLeft + kChartRight) / 2, kChartHeight - 2, "middle", scatter.xLabel);
    return svg + figureEnd();
}

std::string curvesSection(const RunRecord &record)
{
    Chart loss{"Loss", {{"training", "train", {}}, {"validation", "val", {}}}, record.bestEpoch(), false};
    const bool numbers = record.facts.learnsNumber;
    Chart score{numbers ? "R²" : record.facts.severalLabels ? "Exact match" : "Accuracy", loss.series, record.bestEpoch(), !numbers};
    score.floor = numbers ? -1 : 0;
    const auto scoreOf = [](const PassResult &result) { return result.numbers ? result.numbers->r2 : result.accuracy; };
    for (const EpochDone &epoch : record.epochs) {
        const double x = double(epoch.epoch);
        loss.series[0].points.emplace_back(x, epoch.train.loss);
        score.series[0].points.emplace_back(x, scoreOf(epoch.train));
        if (epoch.val) {
            loss.series[1].points.emplace_back(x, epoch.val->loss);
            score.series[1].points.emplace_back(x, scoreOf(*epoch.val));
        }
    }
    const double batches = double(record.started ? std::max<std::int64_t>(1, record.started->batchesPerEpoch) : 1);
    for (const LearningRateChanged &change : record.lrChanges)
        loss.marks.emplace_back(double(change.epoch) - 1 + double(change.batch) / batches, "lr " + figureText(change.lr));
    score.marks = loss.marks;
    const std::string charts = chartSvg(loss) + chartSvg(score);
    return section("Learning curves", charts.empty() ? charts : "<div class=\"pair\">" + charts + "</div>");
}

} // namespace netloom
