// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_entry.h"

namespace netloom {

/// What several runs gave.
struct Spread {
    int count = 0;
    double mean = 0;
    double deviation = 0; ///< the standard deviation of the sample, dividing by count - 1; 0 for one run
};
Spread spreadOf(const std::vector<double> &values);

/// The curves of several runs as one: at each epoch the mean, and a standard deviation below and above it, of those that got so far.
struct CurveBand {
    CurvePoints mean, low, high;
};
CurveBand bandOf(const std::vector<CurvePoints> &curves);

/// The exponential moving average with @p weight of what came before, 0 to 1; as TensorBoard has it, without a pull to 0 at the start.
CurvePoints smoothed(const CurvePoints &curve, double weight);

/// A curve for a picture @p columns px wide that shows x from @p from to @p to: of each column of pixels the first and last point and the
/// extrema, so that the picture is the same as with all points; with them the nearest points outside. At most 4 points a column.
CurvePoints decimated(const CurvePoints &curve, double from, double to, int columns);

/// The probability that means differ as much by chance, where the runs differ in their seed alone: Welch's t-test, two-sided. 1 where a
/// side has less than two runs.
double welchProbability(const Spread &a, const Spread &b);

} // namespace netloom
