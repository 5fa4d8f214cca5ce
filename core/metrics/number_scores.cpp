// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/number_scores.h"

#include <cmath>
#include <limits>

namespace netloom {

double r2Of(std::int64_t count, double squared, double deviations)
{
    if (count < 2)
        return std::numeric_limits<double>::quiet_NaN();
    if (deviations > 0)
        return 1 - squared / deviations;
    return squared > 0 ? 0 : 1;
}

NumberScores numberScores(std::span<const Estimate> estimates)
{
    if (estimates.empty())
        return {};
    const auto count = static_cast<double>(estimates.size());
    double mean = 0;
    for (const Estimate &estimate : estimates)
        mean += estimate.truth / count;
    double absolute = 0, squared = 0, deviations = 0;
    for (const Estimate &estimate : estimates) {
        const double error = estimate.truth - estimate.predicted;
        absolute += std::abs(error);
        squared += error * error;
        deviations += (estimate.truth - mean) * (estimate.truth - mean);
    }
    return {.r2 = r2Of(static_cast<std::int64_t>(estimates.size()), squared, deviations), .mae = absolute / count, .rmse = std::sqrt(squared / count)};
}

} // namespace netloom
