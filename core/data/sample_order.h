// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace netloom {

/// Every sample once, in an order that (seed, epoch) alone decides.
std::vector<std::int64_t> shuffledOrder(std::vector<std::int64_t> samples, std::uint64_t seed, std::int64_t epoch);

/// As many draws as there are samples, each class equally often (give or take one), whatever its share: samples of rare classes come
/// several times, all of a class equally often (give or take one). @p labels has one entry for each sample of the source.
std::vector<std::int64_t> balancedOrder(
    const std::vector<std::int64_t> &samples, const std::vector<std::int64_t> &labels, std::uint64_t seed, std::int64_t epoch);

} // namespace netloom
