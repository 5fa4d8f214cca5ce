// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/png.h"

#include <string_view>
#include <zlib.h>

namespace netloom {

namespace {

std::string bigEndian(std::uint32_t number)
{
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift & 0xff);
    return bytes;
}

std::string chunk(std::string_view type, const std::string &content)
{
    std::string body(type);
    body += content;
    const auto sum = crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef *>(body.data()), static_cast<uInt>(body.size()));
    return bigEndian(static_cast<std::uint32_t>(content.size())) + body + bigEndian(static_cast<std::uint32_t>(sum));
}

std::string deflated(const std::string &bytes)
{
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string packed(size, '\0');
    compress2(reinterpret_cast<Bytef *>(packed.data()), &size, reinterpret_cast<const Bytef *>(bytes.data()),
        static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
    packed.resize(size);
    return packed;
}

} // namespace

std::string pngFromRgba(std::uint32_t width, std::uint32_t height, const std::vector<std::uint8_t> &pixels)
{
    const std::size_t rowBytes = std::size_t(width) * 4;
    std::string rows;
    rows.reserve((rowBytes + 1) * height);
    for (std::size_t row = 0; row < height; ++row) {
        rows += '\0'; // no row filter
        rows.append(reinterpret_cast<const char *>(pixels.data()) + row * rowBytes, rowBytes);
    }
    const std::string header = bigEndian(width) + bigEndian(height) + std::string("\x08\x06\x00\x00\x00", 5);
    return std::string("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) + chunk("IDAT", deflated(rows)) + chunk("IEND", {});
}

} // namespace netloom
