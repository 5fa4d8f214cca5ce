// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/crop.h"

#include "data/picture_pixels.h"

#include <cmath>

namespace netloom {

namespace {

/// Where the cut begins on one axis; below 0 where the picture is smaller. Halves round to even, as in Python.
int cutStart(int have, int want)
{
    if (want > have)
        return -((want - have) / 2);
    return static_cast<int>(std::nearbyint((have - want) / 2.0));
}

} // namespace

void centerCrop(Picture &picture, int height, int width)
{
    cutOut(picture, cutStart(picture.height, height), cutStart(picture.width, width), height, width);
}

} // namespace netloom
