// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace netloom {

/// Red, green, blue, 0 to 255.
using Rgb = std::array<std::uint8_t, 3>;

/// What shows through see-through pictures where nobody chose a colour.
inline constexpr Rgb kWhite{255, 255, 255};

/// A decoded picture: 8 bit, H×W×C interleaved, C = 1 (grey) or 3 (RGB), rows without padding.
struct Picture {
    int height = 0;
    int width = 0;
    int channels = 0;
    std::vector<std::uint8_t> pixels;

    bool empty() const { return pixels.empty(); }
    friend bool operator==(const Picture &, const Picture &) = default;
};

} // namespace netloom
