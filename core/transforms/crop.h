// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

namespace netloom {

/// torchvision's center_crop: the middle of the picture; where the picture is smaller, black is added around it.
void centerCrop(Picture &picture, int height, int width);

} // namespace netloom
