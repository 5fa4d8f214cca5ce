// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace netloom {

enum class PictureFormat { Unknown, Jpeg, Png, WebP, Bmp, Tiff, Pnm, Gif, Heif, Text, WebPage };

/// A picture of more pixels is refused, whatever its format.
inline constexpr std::int64_t kMaxPixels = 200'000'000;

/// What the first bytes of a picture file say, found without decoding it.
struct PictureHeader {
    PictureFormat format = PictureFormat::Unknown;
    std::int64_t width = 0;  ///< px as stored; 0 where the header doesn't tell
    std::int64_t height = 0; ///< px as stored
    std::int64_t leastBytes = 0; ///< what the whole file must have at least, where that can be told
    bool animated = false;   ///< WebP: several pictures, which its usual decoder doesn't take
    int orientation = 1;     ///< EXIF: 1 upright … 8; from 5 on width and height swap when shown
};

/// Reads the header from a file's bytes, or from as many of its first bytes as there are. Never reads past them.
PictureHeader parsePictureHeader(std::span<const std::uint8_t> bytes);

/// PNG of greys: the grey (0 … 255, or 65535 of 16 bit) that is see-through, where there is one.
std::optional<int> clearGreyOfPng(std::string_view png);

/// PNG: true when every chunk up to IEND is there with a right checksum. @p cleaned gets the chunks that make the
/// picture and none of the others, about whose faults libpng would write to the terminal.
bool cleanPng(std::span<const std::uint8_t> bytes, std::string &cleaned);

} // namespace netloom
