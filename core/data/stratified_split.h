// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/split.h"

#include <cstdint>
#include <vector>

namespace netloom {

/// Deals samples with the labels 0 … @p classCount - 1 out to the splits, class by class, so that every class has its share
/// in each. A class of at least three samples has at least one in every split with a fraction above 0, and each class
/// keeps at least one for training. The same arguments give the same split on every platform.
std::vector<Split> stratifiedSplit(const std::vector<std::int64_t> &labels, std::int64_t classCount, double valFraction,
    double testFraction, std::uint64_t seed);

} // namespace netloom
