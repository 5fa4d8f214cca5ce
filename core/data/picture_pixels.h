// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

namespace netloom {

/// A second buffer of each thread, so that the steps allocate nothing once they run: written to, then swapped with the picture's.
std::vector<std::uint8_t> &spareBuffer();

/// ITU-R 601-2 luma of a pixel, with Pillow's rounding.
inline std::uint8_t luma(const std::uint8_t *rgb)
{
    return static_cast<std::uint8_t>((rgb[0] * 19595u + rgb[1] * 38470u + rgb[2] * 7471u + 0x8000u) >> 16);
}

/// Makes @p picture grey (1) or RGB (3). Grey is luma().
void setChannels(Picture &picture, int channels);

/// Turns and mirrors @p picture upright from the EXIF @p orientation (1 … 8) that it was stored with.
void makeUpright(Picture &picture, int orientation);

/// Mirrors left and right.
void flipHorizontally(Picture &picture);

/// Mirrors top and bottom.
void flipVertically(Picture &picture);

/// Cuts @p height × @p width px out, its upper left corner at (@p top, @p left); what lies outside is black.
void cutOut(Picture &picture, int top, int left, int height, int width);

} // namespace netloom
