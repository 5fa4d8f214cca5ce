// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"
#include "data/random.h"

#include <array>
#include <span>

namespace netloom {

enum class DrawnShape { Circle, Square, Triangle, Star, Cross, Ring, Crescent, Arrow };

inline constexpr std::array kDrawnShapes{"circle", "square", "triangle", "star", "cross", "ring", "crescent", "arrow"};

/// How a shape is drawn.
struct DrawingStyle {
    int side = 32;      ///< px, both of the picture's
    int channels = 3;   ///< 1 (grey) or 3 (RGB)
    double noise = 0.1; ///< standard deviation of what is added to every value, in parts of the range from black to white
};

/// Draws @p shape at a random place, size, turn and colour before a plain ground of another brightness, with noise. Whole numbers
/// alone, so that the same @p random gives the same picture on every platform.
void drawShape(DrawnShape shape, const DrawingStyle &style, std::mt19937_64 &random, Picture &picture);
/// Several @p shapes in one picture, smaller and apart from each other as far as there is room; the colours of all stand out from the ground.
void drawShapes(std::span<const DrawnShape> shapes, const DrawingStyle &style, std::mt19937_64 &random, Picture &picture);

} // namespace netloom
