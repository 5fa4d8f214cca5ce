// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace netloom {

/// A PNG file image of 8-bit RGBA @p pixels, row by row.
std::string pngFromRgba(std::uint32_t width, std::uint32_t height, const std::vector<std::uint8_t> &pixels);

} // namespace netloom
