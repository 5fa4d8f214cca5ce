// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

#include <array>
#include <string_view>

namespace netloom {

// The steps of classic image processing, by OpenCV's functions of these names.

/// Equalises the histogram of a grey picture, or of the brightness (Y of YCrCb) of a colour picture.
void equalizeHist(Picture &picture);

/// The same in @p tiles (down, across), each held to @p clipLimit times the mean frequency (CLAHE, Zuiderveld 1994).
void equalizeTiles(Picture &picture, double clipLimit, std::array<int, 2> tiles);

/// Makes a picture grey, then white where its edges are and black elsewhere. Edges begin above @p high and go on above @p low.
void canny(Picture &picture, double low, double high, int aperture, bool exactNorm);

enum class SobelDirection { X, Y, Both };

/// How steeply each channel rises to the side, downwards, or in the steepest direction, times @p scale; more than 255 is 255.
void sobel(Picture &picture, SobelDirection direction, int size, double scale);

/// Makes a picture grey and compares it with a threshold. @p type is OpenCV's word in small letters: "binary", "tozero_inv".
void threshold(Picture &picture, double level, double white, std::string_view type);

/// The threshold that separates a picture's grey levels best into two groups (Otsu 1979).
double otsuLevel(const Picture &picture);

/// Every number becomes the middle one of @p size × @p size around it, channel by channel.
void medianBlur(Picture &picture, int size);

/// The smallest or largest number under a shape, or what follows from them, channel by channel. @p op is "erode", "dilate", "open",
/// "close", "gradient", "tophat" or "blackhat"; @p shape is "rect", "ellipse" or "cross".
void morph(Picture &picture, std::string_view op, std::string_view shape, std::array<int, 2> size, int iterations);

} // namespace netloom
