// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/gif_picture.h"

#include "data/picture_header.h"

#include <algorithm>
#include <array>
#include <vector>

namespace netloom {

namespace {

constexpr int kExtension = 0x21;
constexpr int kGraphicControl = 0xf9;
constexpr int kImage = 0x2c;
constexpr int kTrailer = 0x3b;
constexpr int kMaxCodes = 4096;
constexpr const char *kCutShort = "is cut short: only a part of the GIF is there";
constexpr const char *kDamaged = "is damaged: it can't be decoded";

/// Goes through a GIF's bytes; beyond the end it gives nothing but zeros and says so.
class GifBytes {
public:
    explicit GifBytes(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    bool ended() const { return m_ended; }
    int u8()
    {
        if (m_at < m_bytes.size())
            return m_bytes[m_at++];
        m_ended = true;
        return 0;
    }
    int u16()
    {
        const int low = u8();
        return low | u8() << 8;
    }
    void skip(std::size_t count)
    {
        m_ended |= count > m_bytes.size() - m_at;
        m_at = std::min(m_bytes.size(), m_at + count);
    }
    /// Sub-blocks up to the empty one.
    void skipBlocks()
    {
        while (const int length = u8())
            skip(static_cast<std::size_t>(length));
    }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
    bool m_ended = false;
};

/// The codes of 2 to 12 bits that lie in sub-blocks.
class CodeReader {
public:
    explicit CodeReader(GifBytes &bytes) : m_bytes(bytes) {}

    /// The next code, or -1 where the data ends.
    int next(int size)
    {
        while (m_have < size) {
            if (m_left == 0 && (m_left = m_bytes.u8()) == 0)
                return -1;
            m_bits |= static_cast<std::uint32_t>(m_bytes.u8()) << m_have;
            if (m_bytes.ended())
                return -1;
            --m_left;
            m_have += 8;
        }
        const int code = static_cast<int>(m_bits & ((1u << size) - 1));
        m_bits >>= size;
        m_have -= size;
        return code;
    }

private:
    GifBytes &m_bytes;
    int m_left = 0; ///< bytes of the sub-block
    std::uint32_t m_bits = 0;
    int m_have = 0;
};

/// GIF's LZW (Welch 1984, with codes that grow from @p rootBits + 1 to 12 bits). Gives what is wrong where there aren't @p count pixels.
std::optional<std::string> unpack(GifBytes &bytes, int rootBits, std::size_t count, std::vector<std::uint8_t> &pixels)
{
    const int clear = 1 << rootBits;
    std::array<std::int16_t, kMaxCodes> prefix{};
    std::array<std::uint8_t, kMaxCodes> suffix{};
    std::array<std::uint8_t, kMaxCodes + 1> word{}; // backwards
    CodeReader codes(bytes);
    int size = rootBits + 1;
    int free = clear + 2;
    int last = -1;
    std::uint8_t first = 0;
    pixels.clear();
    while (pixels.size() < count) {
        const int code = codes.next(size);
        if (code < 0 || code == clear + 1)
            return kCutShort;
        if (code == clear) {
            size = rootBits + 1;
            free = clear + 2;
            last = -1;
            continue;
        }
        if (code > free || (last < 0 && code >= clear))
            return kDamaged;
        std::size_t length = 0;
        int rest = code;
        if (code == free) { // the word that is only now being made
            word[length++] = first;
            rest = last;
        }
        for (; rest >= clear; rest = prefix[static_cast<std::size_t>(rest)])
            word[length++] = suffix[static_cast<std::size_t>(rest)];
        first = static_cast<std::uint8_t>(rest);
        word[length++] = first;
        pixels.insert(pixels.end(), word.rend() - static_cast<std::ptrdiff_t>(length), word.rend());
        if (last >= 0 && free < kMaxCodes) {
            prefix[static_cast<std::size_t>(free)] = static_cast<std::int16_t>(last);
            suffix[static_cast<std::size_t>(free)] = first;
            if (++free == 1 << size && size < 12)
                ++size;
        }
        last = code;
    }
    return {};
}

class GifDecoding {
public:
    GifDecoding(std::span<const std::uint8_t> bytes, const Rgb &background, Picture &picture)
        : m_bytes(bytes), m_background(background), m_picture(picture)
    {
    }

    std::optional<std::string> decode()
    {
        m_bytes.skip(6);
        m_picture.width = m_bytes.u16();
        m_picture.height = m_bytes.u16();
        const int flags = m_bytes.u8();
        m_bytes.skip(2);
        readPalette(flags);
        while (!m_bytes.ended()) {
            switch (m_bytes.u8()) {
            case kExtension: readExtension(); break;
            case kImage: return readFrame();
            case kTrailer: return "holds no picture: it is a GIF without any";
            case 0: break; // padding between blocks
            default: return m_bytes.ended() ? kCutShort : kDamaged;
            }
        }
        return kCutShort;
    }

private:
    /// The colours that follow where @p flags say so.
    void readPalette(int flags)
    {
        if (!(flags & 0x80))
            return;
        m_palette.resize(std::size_t{2} << (flags & 7));
        for (Rgb &colour : m_palette) {
            for (std::uint8_t &part : colour)
                part = static_cast<std::uint8_t>(m_bytes.u8());
        }
    }

    void readExtension()
    {
        if (m_bytes.u8() == kGraphicControl) {
            const int length = m_bytes.u8();
            const bool seeThrough = m_bytes.u8() & 1;
            m_bytes.skip(2);
            const int index = m_bytes.u8();
            m_clear = seeThrough ? index : -1;
            m_bytes.skip(static_cast<std::size_t>(std::max(0, length - 4)));
        }
        m_bytes.skipBlocks();
    }

    std::optional<std::string> readFrame()
    {
        const int left = m_bytes.u16();
        const int top = m_bytes.u16();
        const int width = m_bytes.u16();
        const int height = m_bytes.u16();
        const int flags = m_bytes.u8();
        readPalette(flags);
        const int rootBits = m_bytes.u8();
        if (m_bytes.ended())
            return kCutShort;
        if (width == 0 || height == 0 || rootBits < 1 || rootBits > 8 || std::int64_t{width} * height > kMaxPixels)
            return kDamaged;
        std::vector<std::uint8_t> indices;
        if (auto cause = unpack(m_bytes, rootBits, static_cast<std::size_t>(width) * static_cast<std::size_t>(height), indices))
            return cause;
        startCanvas(left, top, width, height);
        const std::uint8_t *row = indices.data();
        for (const int y : rowOrder(height, (flags & 0x40) != 0)) {
            drawRow(top + y, left, {row, static_cast<std::size_t>(width)});
            row += width;
        }
        return {};
    }

    void startCanvas(int left, int top, int width, int height)
    {
        const bool covered = left == 0 && top == 0 && width >= m_picture.width && height >= m_picture.height && m_clear < 0;
        m_picture.channels = 3;
        m_picture.pixels.resize(static_cast<std::size_t>(m_picture.height) * static_cast<std::size_t>(m_picture.width) * 3);
        for (std::size_t at = 0; at < m_picture.pixels.size() && !covered; at += 3)
            std::ranges::copy(m_background, m_picture.pixels.begin() + static_cast<std::ptrdiff_t>(at));
    }

    static std::vector<int> rowOrder(int height, bool interlaced)
    {
        std::vector<int> rows;
        rows.reserve(static_cast<std::size_t>(height));
        constexpr std::array<std::array<int, 2>, 4> passes{{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
        for (std::size_t pass = 0; pass < (interlaced ? passes.size() : 1); ++pass) {
            for (int y = passes[pass][0]; y < height; y += interlaced ? passes[pass][1] : 1)
                rows.push_back(y);
        }
        return rows;
    }

    void drawRow(int y, int left, std::span<const std::uint8_t> indices)
    {
        if (y >= m_picture.height)
            return;
        for (std::size_t column = 0; column < indices.size(); ++column) {
            const std::size_t x = static_cast<std::size_t>(left) + column;
            if (x >= static_cast<std::size_t>(m_picture.width))
                return;
            if (indices[column] == m_clear)
                continue;
            const Rgb colour = colourOf(indices[column]);
            std::ranges::copy(colour, m_picture.pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_picture.width) + x) * 3);
        }
    }

    /// Greys where there is no palette at all, as Pillow shows them.
    Rgb colourOf(std::uint8_t index) const
    {
        if (m_palette.empty())
            return {index, index, index};
        return index < m_palette.size() ? m_palette[index] : Rgb{};
    }

    GifBytes m_bytes;
    const Rgb &m_background;
    Picture &m_picture;
    std::vector<Rgb> m_palette;
    int m_clear = -1; ///< the index that is see-through
};

} // namespace

std::optional<std::string> decodeGif(std::span<const std::uint8_t> bytes, const Rgb &background, Picture &picture)
{
    return GifDecoding(bytes, background, picture).decode();
}

} // namespace netloom
