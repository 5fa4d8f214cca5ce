// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/train_event.h"

#include <string>

namespace netloom {

/// All filters side by side as one PNG with one pixel per weight; width and height in px.
struct FilterPicture {
    std::string png; ///< "" when there are no filters
    int width = 0;
    int height = 0;
};

/// Three input channels give colours, any other number the mean over the channels in grey; every filter is stretched
/// from its smallest weight (black) to its largest (white).
FilterPicture drawFilters(const FilterSnapshot &filters);

} // namespace netloom
