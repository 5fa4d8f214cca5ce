// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/trial_points.h"

#include "plots/estimate_plot.h"
#include "theme/theme.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr int kTicks = 4;
constexpr double kFewPowers = 100; ///< up to this ratio of a logarithmic axis's ends its powers of ten alone would be too few

/// 1, 2 or 5 times a power of ten, so that at most kTicks of them lie in @p range.
double roundStep(double range)
{
    const double rough = range / kTicks;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough)
            return factor * power;
    }
    return 10 * power;
}

} // namespace

double TrialAxis::share(double value) const
{
    if (!choices.isEmpty())
        return choices.size() > 1 ? value / double(choices.size() - 1) : 0.5;
    if (low >= high)
        return 0.5;
    return log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

double TrialAxis::valueAt(double share) const
{
    if (!choices.isEmpty())
        return share * double(choices.size() - 1);
    return log ? low * std::pow(high / low, share) : low + share * (high - low);
}

QString TrialAxis::text(double value) const
{
    if (choices.isEmpty())
        return shortNumberText(value);
    return choices.value(std::clamp(int(std::lround(value)), 0, int(choices.size()) - 1));
}

std::vector<double> TrialAxis::ticks() const
{
    std::vector<double> ticks;
    if (!choices.isEmpty()) {
        for (int index = 0; index < choices.size(); ++index)
            ticks.push_back(index);
    } else if (low >= high) {
        ticks.push_back(low);
    } else if (log && high / low >= 10) {
        const bool few = high / low < kFewPowers;
        for (double power = std::pow(10, std::floor(std::log10(low))); power <= high * 1.0000001; power *= 10) {
            for (const double factor : {1.0, 2.0, 5.0}) {
                const double tick = factor * power;
                if ((factor == 1 || few) && tick >= low * 0.9999999 && tick <= high * 1.0000001)
                    ticks.push_back(tick);
            }
        }
    } else {
        const double step = std::max(roundStep(high - low), whole ? 1.0 : 0.0);
        for (double tick = std::ceil(low / step - 1e-9) * step; tick <= high + step * 1e-9; tick += step)
            ticks.push_back(std::abs(tick) < step * 1e-9 ? 0 : tick);
    }
    return ticks;
}

bool TrialPoint::hasScore() const
{
    return std::isfinite(score);
}

std::pair<double, double> scoreRange(const std::vector<TrialPoint> &points)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const TrialPoint &point : points) {
        if (!point.hasScore())
            continue;
        low = std::min(low, point.score);
        high = std::max(high, point.score);
    }
    if (low > high)
        return {0, 1};
    const double around = high > low ? 0 : std::max(1e-6, 0.05 * std::abs(high));
    return {low - around, high + around};
}

std::pair<double, double> colourRange(const std::vector<TrialPoint> &points)
{
    std::vector<double> scores;
    bool greatest = true;
    for (const TrialPoint &point : points) {
        greatest = point.greatest;
        if (point.hasScore())
            scores.push_back(point.score);
    }
    if (scores.empty())
        return {0, 1};
    std::ranges::sort(scores);
    const std::size_t quarter = scores.size() / 4;
    const std::pair ends = greatest ? std::pair(scores[quarter], scores.back()) : std::pair(scores.front(), scores[scores.size() - 1 - quarter]);
    return ends.first < ends.second ? ends : scoreRange(points);
}

QColor trialColour(double share)
{
    const Theme &theme = Theme::current();
    return mixed(mixed(theme.panel, theme.textMuted, 0.75), theme.accent, std::clamp(share, 0.0, 1.0));
}

double scoreShare(const TrialPoint &point, const std::pair<double, double> &range)
{
    const double share = std::clamp((point.score - range.first) / (range.second - range.first), 0.0, 1.0);
    return point.greatest ? share : 1 - share;
}

} // namespace netloom
