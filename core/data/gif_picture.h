// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace netloom {

/// Decodes the first picture of a GIF to RGB; @p background shows through where it is see-through or doesn't cover its canvas.
/// Gives what is wrong where it can't. The size in the header has been checked before.
std::optional<std::string> decodeGif(std::span<const std::uint8_t> bytes, const Rgb &background, Picture &picture);

} // namespace netloom
