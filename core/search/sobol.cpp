// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sampler.h"

#include <array>
#include <bit>

namespace netloom {

namespace {

constexpr int kBits = 32;

/// A primitive polynomial, its highest bit the degree, and the first direction numbers.
struct Direction {
    std::uint32_t polynomial;
    std::array<std::uint32_t, 8> first;
};

// S. Joe and F. Y. Kuo: Constructing Sobol sequences with better two-dimensional projections, 2008; "new-joe-kuo-6.21201".
constexpr Direction kDirections[kSobolAxes] = {
    {1, {1}},
    {3, {1}},
    {7, {1, 3}},
    {11, {1, 3, 1}},
    {13, {1, 1, 1}},
    {19, {1, 1, 3, 3}},
    {25, {1, 3, 5, 13}},
    {37, {1, 1, 5, 5, 17}},
    {41, {1, 1, 5, 5, 5}},
    {47, {1, 1, 7, 11, 19}},
    {55, {1, 1, 5, 1, 1}},
    {59, {1, 1, 1, 3, 11}},
    {61, {1, 3, 5, 5, 31}},
    {67, {1, 3, 3, 9, 7, 49}},
    {91, {1, 1, 1, 15, 21, 21}},
    {97, {1, 3, 1, 13, 27, 49}},
    {103, {1, 1, 1, 15, 7, 5}},
    {109, {1, 3, 1, 15, 13, 25}},
    {115, {1, 1, 5, 5, 19, 61}},
    {131, {1, 3, 7, 11, 23, 15, 103}},
    {137, {1, 3, 7, 13, 13, 15, 69}},
    {143, {1, 1, 3, 13, 7, 35, 63}},
    {145, {1, 3, 5, 9, 1, 25, 53}},
    {157, {1, 3, 1, 13, 9, 35, 107}},
    {167, {1, 3, 1, 5, 27, 61, 31}},
    {171, {1, 1, 5, 11, 19, 41, 61}},
    {185, {1, 3, 5, 3, 3, 13, 69}},
    {191, {1, 1, 7, 13, 1, 19, 1}},
    {193, {1, 3, 7, 5, 13, 19, 59}},
    {203, {1, 1, 3, 9, 25, 29, 41}},
    {211, {1, 3, 5, 13, 23, 1, 55}},
    {213, {1, 3, 7, 3, 13, 59, 17}},
    {229, {1, 3, 1, 3, 5, 53, 69}},
    {239, {1, 1, 5, 5, 23, 33, 13}},
    {241, {1, 1, 7, 7, 1, 61, 123}},
    {247, {1, 1, 7, 9, 13, 61, 49}},
    {253, {1, 3, 3, 5, 3, 55, 33}},
    {285, {1, 3, 1, 15, 31, 13, 49, 245}},
    {299, {1, 3, 5, 15, 31, 59, 63, 97}},
    {301, {1, 3, 1, 11, 11, 11, 77, 249}},
};

using Numbers = std::array<std::uint32_t, kBits>;

Numbers directionNumbers(std::size_t axis)
{
    Numbers numbers{};
    const Direction &direction = kDirections[axis];
    if (axis == 0) { // van der Corput's sequence
        for (int bit = 0; bit < kBits; ++bit)
            numbers[std::size_t(bit)] = 1u << (kBits - 1 - bit);
        return numbers;
    }
    const int degree = std::bit_width(direction.polynomial) - 1;
    for (int bit = 0; bit < kBits; ++bit) {
        std::uint32_t &number = numbers[std::size_t(bit)];
        if (bit < degree) {
            number = direction.first[std::size_t(bit)] << (kBits - 1 - bit);
            continue;
        }
        const std::uint32_t before = numbers[std::size_t(bit - degree)];
        number = before ^ (before >> degree);
        for (int term = 1; term < degree; ++term) {
            if ((direction.polynomial >> (degree - term)) & 1u)
                number ^= numbers[std::size_t(bit - term)];
        }
    }
    return numbers;
}

} // namespace

double sobolCoordinate(std::uint64_t index, std::size_t axis)
{
    static const auto tables = [] {
        std::array<Numbers, kSobolAxes> all;
        for (std::size_t each = 0; each < kSobolAxes; ++each)
            all[each] = directionNumbers(each);
        return all;
    }();
    const std::uint64_t gray = index ^ (index >> 1);
    std::uint32_t value = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        if ((gray >> bit) & 1u)
            value ^= tables[axis][std::size_t(bit)];
    }
    return double(value) * 0x1.0p-32;
}

} // namespace netloom
