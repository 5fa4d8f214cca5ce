// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/column_scaling.h"

#include <algorithm>
#include <stdexcept>

namespace netloom {

void ColumnScaling::apply(Sample &sample, std::mt19937_64 &, bool) const
{
    if (sample.shape.rank() != 1 || sample.values.size() != m_steps.size())
        throw std::runtime_error("has " + sample.shape.toString() + " numbers where the scaler was fitted to " + std::to_string(m_steps.size()) + " columns");
    for (std::size_t column = 0; column < m_steps.size(); ++column) {
        const Step &step = m_steps[column];
        float &value = sample.values[column];
        value = (value - step.subtracted) * step.factor + step.added;
        if (m_low < m_high)
            value = std::clamp(value, m_low, m_high);
    }
}

} // namespace netloom
