// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/search_trial.h"

#include <span>

namespace netloom {

/// How much of the losses' variation each axis explains by itself, 0 to 1: functional analysis of variance over a random forest of 64
/// regression trees (Hutter, Hoos, Leyton-Brown, ICML 2014), main effects alone. What is missing to a sum of 1 lies in how axes act
/// together. Empty for fewer than kLeastForImportance points.
/// The same arguments give the same shares on every platform.
std::vector<double> axisImportance(const std::vector<SearchAxis> &axes, std::span<const SearchPoint> points, std::span<const double> losses);
inline constexpr std::size_t kLeastForImportance = 6;

/// A trial as structure search weighs it.
struct CostAndScore {
    double cost = 0;
    double loss = 0; ///< less is better
};
/// The indices of those for which no other is as cheap and as good or better, in rising order of cost.
std::vector<std::size_t> paretoFront(std::span<const CostAndScore> trials);

} // namespace netloom
