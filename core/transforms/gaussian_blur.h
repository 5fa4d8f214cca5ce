// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

namespace netloom {

/// Mixes every pixel with @p height × @p width (odd) around it, weighted by a Gaussian of deviation @p sigma px; beyond the edge
/// the picture is mirrored. torchvision's gaussian_blur up to rounding: no number differs by more than 1.
void gaussianBlur(Picture &picture, int height, int width, double sigma);

} // namespace netloom
