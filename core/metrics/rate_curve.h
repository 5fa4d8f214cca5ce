// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace netloom {

/// How probable a sample was said to be of a class (or an answer to be right), and whether it is.
struct ScoredTruth {
    float score = 0;
    bool positive = false;
};

struct RatePoint {
    double x = 0;
    double y = 0;
    float threshold = 0; ///< from which score on a sample counts as positive; infinite in the first point
};

/// A curve over all thresholds, from the highest down; samples of the same score come in at once.
struct RateCurve {
    std::vector<RatePoint> points; ///< empty where the curve isn't defined
    double area = 0;               ///< NaN where the curve isn't defined

    bool defined() const { return !points.empty(); }
    /// For drawing: at most @p most points about as far from each other along the curve, the first and the last among them.
    std::vector<RatePoint> thinned(std::size_t most) const;
};

/// Receiver operating characteristic: x is the false positive rate, y the true positive rate. Not defined without both kinds.
RateCurve rocCurve(std::vector<ScoredTruth> scored);
/// x is the recall, y the precision, and the area the average precision Σ (Rₙ - Rₙ₋₁) Pₙ. Not defined without positives.
RateCurve precisionRecallCurve(std::vector<ScoredTruth> scored);

/// Samples whose score lies above low and up to high.
struct CalibrationBin {
    double low = 0, high = 1;
    std::int64_t count = 0;
    double confidence = 0; ///< the mean score
    double accuracy = 0;   ///< the share of positives
};

/// Whether what is said to be 80 % probable is right in 80 of 100 cases (reliability diagram).
struct Calibration {
    std::vector<CalibrationBin> bins;
    double error = 0; ///< the expected calibration error: Σ count / samples · |accuracy - confidence| (Naeini et al. 2015); 0 without samples
};
Calibration calibrationOf(const std::vector<ScoredTruth> &scored, int bins = 10);

} // namespace netloom
