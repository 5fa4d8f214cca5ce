// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/rules.h"

namespace netloom {

/// What the layers that add a border share: padding (one number, or left, right, top, bottom), shape rule and explanation. A border that
/// mirrors (@p mirrors) must be smaller than the picture.
NodeSpec paddingLayer(bool mirrors);

/// {left, right, top, bottom}
std::vector<std::int64_t> borders(const Params &params);

} // namespace netloom
