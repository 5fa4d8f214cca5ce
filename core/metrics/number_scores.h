// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace netloom {

/// How near predicted numbers come to the true ones, as scikit-learn defines it.
struct NumberScores {
    double r2 = 0;   ///< 1 - Σ(truth - predicted)² / Σ(truth - mean truth)²: 1 is perfect, 0 no better than the mean; NaN below two samples
    double mae = 0;  ///< the mean absolute error, in the number's own unit
    double rmse = 0; ///< the root of the mean squared error, in the number's own unit
    friend bool operator==(const NumberScores &, const NumberScores &) = default;
};

/// A sample's true number and the predicted one, in their own unit.
struct Estimate {
    double truth = 0;
    double predicted = 0;
    friend bool operator==(const Estimate &, const Estimate &) = default;
};

/// R² of @p count samples from Σ(truth - predicted)² and Σ(truth - mean truth)²: NaN below two samples; where all true numbers are the same,
/// 1 for no error at all and else 0.
double r2Of(std::int64_t count, double squared, double deviations);

/// All zero where there are no estimates.
NumberScores numberScores(std::span<const Estimate> estimates);

} // namespace netloom
