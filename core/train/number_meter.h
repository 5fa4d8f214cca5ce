// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/source_facts.h"
#include "train/train_event.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace netloom {

struct TrainState;

/// The number of a scaled one, in its own unit and rounded to what the 32 bits of the scaled one can tell.
double ownNumber(const NumberScale &scale, double scaled);

/// Adds up how near predicted numbers come to the true ones, over one pass.
class NumberMeter {
public:
    explicit NumberMeter(NumberScale scale) : m_scale(scale) {}

    /// One sample, both numbers scaled. @p sample is its index in the data, by which estimates() chooses.
    void add(std::int64_t sample, double truth, double predicted);

    NumberScores scores() const;
    /// At most kMostEstimates samples, spread over all, in the order of their index: the same ones whatever the order in which they came.
    std::vector<Estimate> estimates() const;

    /// Under names that begin with "pass/numbers".
    void save(TrainState &state) const;
    void load(const TrainState &state);

private:
    struct Kept {
        std::uint64_t rank = 0; ///< by chance, from the index alone; the lowest ranks stay
        std::int64_t sample = 0;
        Estimate estimate;
    };
    static void keepLowest(std::vector<Kept> &kept);

    NumberScale m_scale;
    std::int64_t m_count = 0;
    double m_absolute = 0;    ///< Σ|truth - predicted|
    double m_squared = 0;     ///< Σ(truth - predicted)²
    double m_mean = 0;        ///< of the truth so far; this and the next by Welford's method, which loses no digits
    double m_deviations = 0;  ///< Σ(truth - mean)²
    std::vector<Kept> m_kept; ///< up to twice as many as are wanted
};

} // namespace netloom
