// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"
#include "transforms/resample.h"

#include <array>
#include <optional>

namespace netloom {

/// How pixels of a moved picture come about, and what the ground beside it looks like.
struct WarpLook {
    Interpolation interpolation = Interpolation::Nearest;
    std::array<std::uint8_t, 3> fill{}; ///< one number for each channel
};

using WarpCenter = std::optional<std::array<double, 2>>; ///< (x, y) from the upper left corner, px; none: the middle

/// A turn, a shift, a scale and a shear, in torchvision's order and directions.
struct AffineMove {
    double angle = 0.0;                    ///< degrees, clockwise
    std::array<int, 2> translate{};        ///< right, down; px
    double scale = 1.0;                    ///< above 0
    std::array<double, 2> shear{};         ///< along x, along y; degrees
};

// To the same bytes as torchvision.transforms.functional gives for Pillow's pictures. After Pillow's Geometry.c: nearest goes in
// steps of 1/65536 px, the others reckon in double precision.

/// Turns by @p angle degrees, counterclockwise. With @p expand the picture grows so that all of it stays in it.
void rotate(Picture &picture, double angle, const WarpLook &look, bool expand = false, const WarpCenter &center = {});

void affine(Picture &picture, const AffineMove &move, const WarpLook &look, const WarpCenter &center = {});

using Corners = std::array<std::array<double, 2>, 4>; ///< (x, y) of top left, top right, bottom right, bottom left; px

/// The numbers a … h that take the corners @p to back to the corners @p from: x' = (a·x + b·y + c) / (g·x + h·y + 1),
/// y' = (d·x + e·y + f) / (g·x + h·y + 1). Nothing where three corners lie in a line.
std::optional<std::array<double, 8>> perspectiveBetween(const Corners &from, const Corners &to);

/// Fetches every pixel from where @p coefficients say.
void perspective(Picture &picture, const std::array<double, 8> &coefficients, const WarpLook &look);

} // namespace netloom
