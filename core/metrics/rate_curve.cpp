// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/rate_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

/// How many samples of each kind have at least a score.
struct Step {
    float threshold;
    double positives, negatives;
};

/// One step for every different score, from the highest down.
std::vector<Step> stepsOf(std::vector<ScoredTruth> scored)
{
    std::ranges::sort(scored, std::ranges::greater(), &ScoredTruth::score);
    std::vector<Step> steps;
    double positives = 0, negatives = 0;
    for (std::size_t at = 0; at < scored.size(); ++at) {
        (scored[at].positive ? positives : negatives) += 1;
        if (at + 1 == scored.size() || scored[at + 1].score != scored[at].score)
            steps.push_back({scored[at].score, positives, negatives});
    }
    return steps;
}

constexpr float kNever = std::numeric_limits<float>::infinity();
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

} // namespace

std::vector<RatePoint> RateCurve::thinned(std::size_t most) const
{
    if (points.size() <= most || most < 2)
        return points;
    const auto way = [](const RatePoint &from, const RatePoint &to) { return std::abs(to.x - from.x) + std::abs(to.y - from.y); };
    double whole = 0;
    for (std::size_t index = 1; index < points.size(); ++index)
        whole += way(points[index - 1], points[index]);
    std::vector<RatePoint> kept{points.front()};
    double since = 0;
    for (std::size_t index = 1; index + 1 < points.size(); ++index) {
        since += way(points[index - 1], points[index]);
        if (since < whole / double(most - 1))
            continue;
        kept.push_back(points[index]);
        since = 0;
    }
    kept.push_back(points.back());
    return kept;
}

RateCurve rocCurve(std::vector<ScoredTruth> scored)
{
    const std::vector<Step> steps = stepsOf(std::move(scored));
    if (steps.empty() || steps.back().positives == 0 || steps.back().negatives == 0)
        return {{}, kUndefined};
    RateCurve curve{{{0, 0, kNever}}, 0};
    for (const Step &step : steps) {
        const RatePoint &last = curve.points.back();
        const RatePoint next{step.negatives / steps.back().negatives, step.positives / steps.back().positives, step.threshold};
        curve.area += (next.x - last.x) * (next.y + last.y) / 2;
        curve.points.push_back(next);
    }
    return curve;
}

RateCurve precisionRecallCurve(std::vector<ScoredTruth> scored)
{
    const std::vector<Step> steps = stepsOf(std::move(scored));
    if (steps.empty() || steps.back().positives == 0)
        return {{}, kUndefined};
    RateCurve curve{{{0, 1, kNever}}, 0};
    for (const Step &step : steps) {
        const RatePoint next{step.positives / steps.back().positives, step.positives / (step.positives + step.negatives), step.threshold};
        curve.area += (next.x - curve.points.back().x) * next.y;
        curve.points.push_back(next);
    }
    return curve;
}

Calibration calibrationOf(const std::vector<ScoredTruth> &scored, int bins)
{
    Calibration calibration;
    for (int bin = 0; bin < bins; ++bin)
        calibration.bins.push_back({.low = double(bin) / bins, .high = double(bin + 1) / bins});
    for (const ScoredTruth &one : scored) {
        const auto inside = std::ranges::find_if(calibration.bins, [&](const CalibrationBin &bin) { return double(one.score) <= bin.high; });
        CalibrationBin &bin = inside == calibration.bins.end() ? calibration.bins.back() : *inside;
        ++bin.count;
        bin.confidence += one.score;
        bin.accuracy += one.positive;
    }
    for (CalibrationBin &bin : calibration.bins) {
        if (bin.count == 0)
            continue;
        bin.confidence /= double(bin.count);
        bin.accuracy /= double(bin.count);
        calibration.error += double(bin.count) / double(scored.size()) * std::abs(bin.accuracy - bin.confidence);
    }
    return calibration;
}

} // namespace netloom
