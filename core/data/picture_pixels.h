// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

namespace netloom {

/// Makes @p picture grey (1) or RGB (3). Grey is ITU-R 601-2 luma with Pillow's rounding.
void setChannels(Picture &picture, int channels);

/// Turns and mirrors @p picture upright from the EXIF @p orientation (1 … 8) that it was stored with.
void makeUpright(Picture &picture, int orientation);

/// Mirrors left and right.
void flipHorizontally(Picture &picture);

/// Cuts @p height × @p width px out, its upper left corner at (@p top, @p left); what lies outside is black.
void cutOut(Picture &picture, int top, int left, int height, int width);

} // namespace netloom
