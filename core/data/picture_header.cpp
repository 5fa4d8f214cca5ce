// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_header.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>

namespace netloom {

namespace {

/// Numbers out of bytes; reading past the end gives 0, so that a cut header is merely unknown.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::uint8_t> bytes, bool bigEndian = true) : m_bytes(bytes), m_big(bigEndian) {}

    std::size_t size() const { return m_bytes.size(); }
    std::uint32_t u8(std::size_t at) const { return at < m_bytes.size() ? m_bytes[at] : 0u; }
    std::uint32_t u16(std::size_t at) const
    {
        return m_big ? u8(at) << 8 | u8(at + 1) : u8(at + 1) << 8 | u8(at);
    }
    std::uint32_t u24(std::size_t at) const { return u8(at) | u8(at + 1) << 8 | u8(at + 2) << 16; } ///< little endian
    std::uint32_t u32(std::size_t at) const
    {
        return m_big ? u16(at) << 16 | u16(at + 2) : u16(at + 2) << 16 | u16(at);
    }
    bool has(std::size_t at, std::string_view text) const
    {
        return at + text.size() <= m_bytes.size() && std::memcmp(m_bytes.data() + at, text.data(), text.size()) == 0;
    }
    std::span<const std::uint8_t> from(std::size_t at) const { return m_bytes.subspan(std::min(at, m_bytes.size())); }

private:
    std::span<const std::uint8_t> m_bytes;
    bool m_big;
};

struct TiffTags {
    std::int64_t width = 0;
    std::int64_t height = 0;
    int orientation = 1;
};

/// The tags of interest in the first directory of a TIFF, which is also what EXIF holds.
TiffTags readTiffTags(std::span<const std::uint8_t> bytes)
{
    TiffTags tags;
    const bool big = ByteReader(bytes).has(0, std::string_view("MM\0*", 4));
    const ByteReader reader(bytes, big);
    if (!big && !reader.has(0, std::string_view("II*\0", 4)))
        return tags;
    const std::size_t directory = reader.u32(4);
    const std::size_t count = directory < reader.size() ? reader.u16(directory) : 0;
    for (std::size_t entry = 0; entry < count; ++entry) {
        const std::size_t at = directory + 2 + entry * 12;
        if (at + 12 > reader.size())
            break;
        const std::uint32_t value = reader.u16(at + 2) == 3 ? reader.u16(at + 8) : reader.u32(at + 8);
        switch (reader.u16(at)) {
        case 256: tags.width = value; break;
        case 257: tags.height = value; break;
        case 274: tags.orientation = value >= 1 && value <= 8 ? static_cast<int>(value) : 1; break;
        default: break;
        }
    }
    return tags;
}

constexpr std::string_view kExifPrefix("Exif\0\0", 6);

void readJpeg(const ByteReader &reader, PictureHeader &header)
{
    std::size_t at = 2;
    while (at + 4 <= reader.size()) {
        if (reader.u8(at) != 0xff) {
            ++at;
            continue;
        }
        const std::uint32_t marker = reader.u8(at + 1);
        if (marker == 0xff || marker == 0 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
            at += marker == 0xff ? 1 : 2;
            continue;
        }
        if (marker == 0xd9 || marker == 0xda)
            return;
        if (marker == 0xe1 && reader.has(at + 4, kExifPrefix))
            header.orientation = readTiffTags(reader.from(at + 10)).orientation;
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            header.height = reader.u16(at + 5);
            header.width = reader.u16(at + 7);
            return;
        }
        at += 2 + std::max<std::size_t>(2, reader.u16(at + 2));
    }
}

/// The size, and what an eXIf chunk says of the orientation.
void readPng(const ByteReader &reader, PictureHeader &header)
{
    if (reader.u32(8) != 13 || !reader.has(12, "IHDR")) // else it isn't the size that the decoder sees
        return;
    header.width = reader.u32(16);
    header.height = reader.u32(20);
    for (std::size_t at = 8; at + 12 <= reader.size(); at += std::size_t{reader.u32(at)} + 12) {
        if (reader.has(at + 4, "eXIf"))
            header.orientation = readTiffTags(reader.from(at + 8)).orientation;
    }
}

void readWebP(std::span<const std::uint8_t> bytes, PictureHeader &header)
{
    const ByteReader reader(bytes, false);
    if (reader.has(12, "VP8 ")) {
        header.width = reader.u16(26) & 0x3fff;
        header.height = reader.u16(28) & 0x3fff;
    } else if (reader.has(12, "VP8L")) {
        const std::uint32_t bits = reader.u32(21);
        header.width = (bits & 0x3fff) + 1;
        header.height = (bits >> 14 & 0x3fff) + 1;
    } else if (reader.has(12, "VP8X")) {
        header.width = reader.u24(24) + 1;
        header.height = reader.u24(27) + 1;
        header.animated = (reader.u8(20) & 2) != 0;
        for (std::size_t at = 12; at + 8 <= reader.size(); at += 8 + (std::size_t{reader.u32(at + 4)} + 1) / 2 * 2) {
            const std::size_t prefix = reader.has(at + 8, kExifPrefix) ? kExifPrefix.size() : 0;
            if (reader.has(at, "EXIF"))
                header.orientation = readTiffTags(reader.from(at + 8 + prefix)).orientation;
        }
    }
}

constexpr std::int64_t kMaxSide = 10'000'000; ///< above it products could overflow, and no such picture is read

void readBmp(std::span<const std::uint8_t> bytes, PictureHeader &header)
{
    const ByteReader reader(bytes, false);
    if (reader.u32(14) == 12) { // OS/2
        header.width = reader.u16(18);
        header.height = reader.u16(20);
        return;
    }
    header.width = reader.u32(18);
    const auto height = static_cast<std::int32_t>(reader.u32(22)); // below 0: rows from the top
    header.height = height < 0 ? -static_cast<std::int64_t>(height) : height;
    const std::uint32_t compression = reader.u32(30);
    if ((compression != 0 && compression != 3) || header.width >= kMaxSide || header.height >= kMaxSide)
        return;
    const std::int64_t rowBytes = (header.width * reader.u16(28) + 31) / 32 * 4;
    header.leastBytes = reader.u32(10) + rowBytes * header.height;
}

void readPnm(const ByteReader &reader, PictureHeader &header)
{
    std::int64_t sizes[2] = {0, 0};
    std::size_t at = 2;
    for (std::int64_t &size : sizes) {
        while (at < reader.size() && (std::isspace(static_cast<int>(reader.u8(at))) || reader.u8(at) == '#')) {
            if (reader.u8(at) == '#') {
                while (at < reader.size() && reader.u8(at) != '\n')
                    ++at;
            } else {
                ++at;
            }
        }
        for (; std::isdigit(static_cast<int>(reader.u8(at))) && size < 100'000'000; ++at)
            size = size * 10 + (reader.u8(at) - '0');
    }
    header.width = sizes[0];
    header.height = sizes[1];
    const std::uint32_t kind = reader.u8(1);
    const std::int64_t rowBytes = kind == '4' ? (sizes[0] + 7) / 8 : kind == '3' || kind == '6' ? sizes[0] * 3 : sizes[0];
    if (header.width < kMaxSide && header.height < kMaxSide)
        header.leastBytes = static_cast<std::int64_t>(at) + rowBytes * header.height;
}

/// Text, a web page (what a failed download leaves behind), or bytes of no known kind.
PictureFormat kindOfOther(std::span<const std::uint8_t> bytes)
{
    const auto head = bytes.first(std::min<std::size_t>(bytes.size(), 512));
    const bool printable = std::ranges::all_of(
        head, [](std::uint8_t byte) { return byte >= 32 ? byte < 127 : byte == '\n' || byte == '\r' || byte == '\t'; });
    if (head.size() < 4 || !printable)
        return PictureFormat::Unknown;
    std::string text(head.begin(), head.end());
    std::ranges::transform(text, text.begin(), [](char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); });
    const bool page = text.find("<html") != std::string::npos || text.find("<!doctype html") != std::string::npos;
    return page ? PictureFormat::WebPage : PictureFormat::Text;
}

constexpr std::string_view kPngSignature("\x89PNG\r\n\x1a\n", 8);

} // namespace

PictureHeader parsePictureHeader(std::span<const std::uint8_t> bytes)
{
    PictureHeader header;
    const ByteReader reader(bytes);
    if (reader.has(0, "\xff\xd8\xff")) {
        header.format = PictureFormat::Jpeg;
        readJpeg(reader, header);
    } else if (reader.has(0, kPngSignature)) {
        header.format = PictureFormat::Png;
        readPng(reader, header);
    } else if (reader.has(0, "RIFF") && reader.has(8, "WEBP")) {
        header.format = PictureFormat::WebP;
        readWebP(bytes, header);
    } else if (reader.has(0, std::string_view("II*\0", 4)) || reader.has(0, std::string_view("MM\0*", 4))) {
        header.format = PictureFormat::Tiff;
        const TiffTags tags = readTiffTags(bytes);
        header.width = tags.width;
        header.height = tags.height;
    } else if (reader.has(0, "GIF8")) {
        header.format = PictureFormat::Gif;
        const ByteReader little(bytes, false);
        header.width = little.u16(6);
        header.height = little.u16(8);
    } else if (reader.has(0, "BM") && reader.u8(15) == 0 && reader.u8(16) == 0) {
        header.format = PictureFormat::Bmp;
        readBmp(bytes, header);
    } else if (reader.u8(0) == 'P' && reader.u8(1) >= '1' && reader.u8(1) <= '6' && std::isspace(static_cast<int>(reader.u8(2)))) {
        header.format = PictureFormat::Pnm;
        readPnm(reader, header);
    } else if (reader.has(4, "ftyp")) {
        header.format = PictureFormat::Heif;
    } else {
        header.format = kindOfOther(bytes);
    }
    return header;
}

std::optional<int> clearGreyOfPng(std::string_view png)
{
    constexpr std::size_t depthAt = 24;
    const ByteReader reader({reinterpret_cast<const std::uint8_t *>(png.data()), png.size()});
    const std::size_t chunk = png.find("tRNS");
    if (reader.u8(depthAt + 1) != 0 || chunk == std::string_view::npos || chunk > png.find("IDAT"))
        return std::nullopt;
    const auto grey = static_cast<int>(reader.u16(chunk + 4));
    const std::uint32_t depth = reader.u8(depthAt);
    return depth < 8 ? grey * 255 / ((1 << depth) - 1) : grey;
}

bool cleanPng(std::span<const std::uint8_t> bytes, std::string &cleaned)
{
    constexpr std::string_view wanted[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    const ByteReader reader(bytes);
    cleaned.assign(kPngSignature);
    for (std::size_t at = kPngSignature.size(); at + 12 <= bytes.size();) {
        const std::size_t length = reader.u32(at);
        if (length > bytes.size() - at - 12)
            return false;
        if (std::ranges::any_of(wanted, [&](std::string_view kind) { return reader.has(at + 4, kind); })) {
            const auto sum = crc32(0, bytes.data() + at + 4, static_cast<uInt>(length + 4));
            if (sum != reader.u32(at + 8 + length))
                return false;
            cleaned.append(reinterpret_cast<const char *>(bytes.data()) + at, length + 12);
        }
        if (reader.has(at + 4, "IEND"))
            return true;
        at += length + 12;
    }
    return false;
}

} // namespace netloom
