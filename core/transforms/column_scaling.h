// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transforms/transform.h"

namespace netloom {

/// Subtracts a number from every column and multiplies it by another.
class ColumnScaling final : public Transform {
public:
    struct Step {
        float subtracted = 0;
        float factor = 1;
        float added = 0;
    };
    /// A step for each column; @p low and @p high bound what comes out, where low is below high.
    explicit ColumnScaling(std::vector<Step> steps, float low = 0, float high = 0) : m_steps(std::move(steps)), m_low(low), m_high(high) {}

    void apply(Sample &sample, std::mt19937_64 &random, bool training) const override;

private:
    std::vector<Step> m_steps;
    float m_low;
    float m_high;
};

} // namespace netloom
