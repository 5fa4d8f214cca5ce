// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "standard_functions.h"

namespace netloom::test {

// The functions of independent_comparison.md, which nothing was tuned with.

inline double ackley(const SearchPoint &x)
{
    double squares = 0, waves = 0;
    for (const double one : x) {
        squares += one * one;
        waves += std::cos(2 * std::numbers::pi * one);
    }
    const auto axes = double(x.size());
    return -20 * std::exp(-0.2 * std::sqrt(squares / axes)) - std::exp(waves / axes) + 20 + std::numbers::e;
}

inline double styblinskiTang(const SearchPoint &x)
{
    double sum = 0;
    for (const double one : x)
        sum += std::pow(one, 4) - 16 * one * one + 5 * one;
    return sum / 2;
}

/// Ru et al. 2020: each of two choices adds Rosenbrock's, the six-hump camel's or Beale's function; the later ones of five are Beale's, too.
inline double func2c(const SearchPoint &point)
{
    const double x = 2 * point[2], y = 2 * point[3];
    const auto square = [](double one) { return one * one; };
    const double parts[] = {
        (100 * square(y - x * x) + square(x - 1)) / 300,
        ((4 - 2.1 * x * x + std::pow(x, 4) / 3) * x * x + x * y + (4 * y * y - 4) * y * y) / 10,
        (square(1.5 - x + x * y) + square(2.25 - x + x * y * y) + square(2.625 - x + x * y * y * y)) / 50,
    };
    return parts[std::size_t(point[0])] + parts[std::min<std::size_t>(std::size_t(point[1]), 2)];
}

/// The error of a made-up network: learning rate, weight decay, width, depth, dropout, optimizer.
inline double networkError(const SearchPoint &point)
{
    constexpr double kBestRate[] = {-1, -3, -3, -3.5}; // powers of ten
    const auto optimizer = std::size_t(point[5]);
    const double miss = std::log10(point[0]) - kBestRate[optimizer], dropout = point[4];
    if (miss > 1.5)
        return 0.9;
    const double capacity = point[3] * std::log2(point[2]);
    const double decay = (optimizer == 2 ? 0.02 : 0.005) * std::pow(std::log10(point[1]) + 4, 2);
    return std::min(0.9, 0.05 + 0.03 * miss * miss + 1 / capacity + 0.005 * std::max(0.0, capacity - 20) * (1 - dropout) + 0.1 * dropout * dropout + decay);
}

inline std::vector<StandardFunction> independentFunctions()
{
    return {
        {"ackley5", cube(5, -5, 10), ackley, 2, 50},
        {"styblinski_tang4", cube(4, -5, 5), styblinskiTang, 60, 50},
        {"func2c", {SearchAxis::choice("h1", {"0", "1", "2"}), SearchAxis::choice("h2", {"0", "1", "2", "3", "4"}), SearchAxis::real("x1", -1, 1),
            SearchAxis::real("x2", -1, 1)}, func2c, 3, 50},
        {"network", {SearchAxis::real("lr", 1e-5, 1, true), SearchAxis::real("decay", 1e-6, 0.1, true), SearchAxis::whole("width", 8, 256, true),
            SearchAxis::whole("depth", 1, 6), SearchAxis::real("dropout", 0, 0.7), SearchAxis::choice("optimizer", {"SGD", "Adam", "AdamW", "RMSprop"})},
            networkError, 0.3, 50},
    };
}

} // namespace netloom::test
