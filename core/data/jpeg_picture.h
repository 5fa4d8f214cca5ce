// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"

#include <cstdint>
#include <span>
#include <string>

namespace netloom {

enum class JpegOutcome { Decoded, Unsupported, Damaged };

/// Decodes a JPEG to RGB, not turned upright, at the smallest of the scales 1/8, 1/4, 1/2 and 1 at which its shorter side
/// still has hint.minShorterSide px. Unsupported means that another decoder may manage; @p cause says what is damaged.
JpegOutcome decodeJpeg(std::span<const std::uint8_t> bytes, DecodeHint hint, Picture &picture, std::string &cause);

} // namespace netloom
