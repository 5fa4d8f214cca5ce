// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"

#include <random>

namespace netloom {

/// A step over a whole training batch, after everything that prepares its samples one by one. Immutable.
class BatchTransform {
public:
    virtual ~BatchTransform() = default;

    /// Changes @p batch in place: values of samples of the shape @p sample (C×H×W, or F), and the classes' shares in them
    /// (N×@p classes) or, where there are no classes, the numbers to be learned.
    virtual void apply(Batch &batch, const Shape &sample, std::int64_t classes, std::mt19937_64 &random) const = 0;
};

} // namespace netloom
