// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "data/picture_header.h"

#include <optional>
#include <string>

namespace netloom {

/// As readPictureFile(), into a picture whose memory is used again. Gives the cause of a failure without the file's name:
/// "is empty (0 bytes)".
std::optional<std::string> decodePictureFile(
    const std::string &file, int channels, DecodeHint hint, Picture &picture, const Rgb &background = kWhite);

/// The header from the beginning of @p file; format Unknown where it can't be read.
PictureHeader readPictureHeader(const std::string &file);

} // namespace netloom
