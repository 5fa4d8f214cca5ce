// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

namespace netloom {

// Brightness, colour and contrast of a picture, to the same bytes as torchvision.transforms.functional gives for Pillow's pictures.
// Factors: 0 takes all of it away, 1 changes nothing, more exaggerates. After Pillow's ImageEnhance and ImageOps.

/// A blend with black.
void adjustBrightness(Picture &picture, double factor);

/// A blend with the mean grey of the picture.
void adjustContrast(Picture &picture, double factor);

/// A blend with the grey of every pixel. A grey picture stays as it is.
void adjustSaturation(Picture &picture, double factor);

/// Turns every colour by @p turn (-0.5 … 0.5) of the colour circle, in steps of 1/255. A grey picture stays as it is.
void adjustHue(Picture &picture, double turn);

/// A blend with the picture smoothed over 3×3 px. The outermost pixels stay as they are.
void adjustSharpness(Picture &picture, double factor);

/// The negative.
void invert(Picture &picture);

/// Keeps the @p bits (0 … 8) highest bits of every number.
void posterize(Picture &picture, int bits);

/// Inverts numbers of at least @p threshold.
void solarize(Picture &picture, double threshold);

/// Spreads every channel from its darkest and brightest number to 0 and 255.
void autocontrast(Picture &picture);

/// Spreads every channel so that all brightnesses are about equally frequent.
void equalize(Picture &picture);

} // namespace netloom
