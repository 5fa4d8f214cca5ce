// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transforms/param_rules.h"

#include <array>

namespace netloom {

/// A rectangle of random area and proportions: the parameters `scale` (shares of the picture's area) and `ratio` (one side : the other).
struct RandomArea {
    explicit RandomArea(const Params &params);

    /// What is wrong with the two parameters.
    static std::optional<Misfit> misfit(const Params &params);

    /// √(area · ratio) and √(area / ratio), whole; px. The ratio is drawn so that 2:1 and 1:2 are equally likely.
    std::array<int, 2> drawSides(std::mt19937_64 &random, int height, int width) const;

    Range scale;
    Range ratio;
};

/// How often a rectangle that doesn't fit is drawn anew.
constexpr int kAreaTries = 10;

} // namespace netloom
