// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/number_scores.h"

#include <cmath>
#include <limits>

namespace netloom {

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
    NumberScores scores{.mae = absolute / count, .rmse = std::sqrt(squared / count)};
    if (estimates.size() < 2)
        scores.r2 = std::numeric_limits<double>::quiet_NaN();
    else if (deviations > 0)
        scores.r2 = 1 - squared / deviations;
    else
        scores.r2 = squared > 0 ? 0 : 1;
    return scores;
}

} // namespace netloom
