// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

#include <string_view>

namespace netloom {

enum class Interpolation { Nearest, Box, Bilinear, Hamming, Bicubic, Lanczos };

/// From torchvision's word: "bilinear".
Interpolation interpolationNamed(std::string_view name);

/// Resizes as Pillow does, to the same bytes: where it shrinks, all but nearest widen their filter over all pixels that fall into
/// one (antialiasing). After Pillow's Resample.c: columns first, then rows, weights in fixed point.
void resample(Picture &picture, int height, int width, Interpolation interpolation);

} // namespace netloom
