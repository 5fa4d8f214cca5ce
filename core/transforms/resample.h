// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

namespace netloom {

enum class Interpolation { Nearest, Bilinear, Bicubic };

/// Resizes as Pillow does, to the same bytes: where it shrinks, bilinear and bicubic widen their filter over all pixels that
/// fall into one (antialiasing). After Pillow's Resample.c: columns first, then rows, weights in fixed point.
void resample(Picture &picture, int height, int width, Interpolation interpolation);

} // namespace netloom
