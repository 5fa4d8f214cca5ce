// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

namespace netloom {

/// One seed made from several numbers (splitmix64's finaliser over each), the same on every platform.
inline std::uint64_t mixSeed(std::initializer_list<std::uint64_t> parts)
{
    std::uint64_t seed = 0x9e3779b97f4a7c15u;
    for (std::uint64_t part : parts) {
        seed += part + 0x9e3779b97f4a7c15u;
        seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
        seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebu;
        seed ^= seed >> 31;
    }
    return seed;
}

/// A whole number from 0 to @p bound - 1, each equally likely. The standard's distributions differ between libraries; this doesn't.
inline std::uint64_t randomBelow(std::mt19937_64 &random, std::uint64_t bound)
{
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t limit = most - most % bound;
    std::uint64_t number = random();
    while (number >= limit)
        number = random();
    return number % bound;
}

/// A number from 0 up to, but not, 1.
inline double randomUnit(std::mt19937_64 &random)
{
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

/// A number from @p lowest to @p highest, each equally likely.
inline double randomBetween(std::mt19937_64 &random, double lowest, double highest)
{
    return lowest + (highest - lowest) * randomUnit(random);
}

/// A number of the normal distribution around 0 with deviation 1 (Box and Muller 1958).
inline double randomNormal(std::mt19937_64 &random)
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - randomUnit(random)));
    return radius * std::cos(2.0 * std::numbers::pi * randomUnit(random));
}

/// Fisher-Yates, the same order on every platform.
template <class T>
void shuffle(std::vector<T> &items, std::mt19937_64 &random)
{
    for (std::size_t left = items.size(); left > 1; --left)
        std::swap(items[left - 1], items[static_cast<std::size_t>(randomBelow(random, left))]);
}

} // namespace netloom
