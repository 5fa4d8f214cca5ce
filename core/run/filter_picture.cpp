// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/filter_picture.h"

#include "run/png.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr std::int64_t kMaxColumns = 16;
constexpr std::int64_t kMaxFilters = 512;
constexpr std::int64_t kMaxSide = 64;

/// One filter as height×width×(1 or 3) weights, ready to be stretched.
std::vector<float> tileOf(const FilterSnapshot &filters, std::int64_t index)
{
    const std::int64_t plane = filters.height * filters.width;
    const std::int64_t shown = filters.channels == 3 ? 3 : 1;
    const float *weights = filters.values.data() + index * filters.channels * plane;
    std::vector<float> tile(static_cast<std::size_t>(plane * shown));
    for (std::int64_t channel = 0; channel < filters.channels; ++channel) {
        for (std::int64_t at = 0; at < plane; ++at) {
            const auto target = static_cast<std::size_t>(at * shown + (shown == 3 ? channel : 0));
            tile[target] += weights[channel * plane + at];
        }
    }
    return tile;
}

} // namespace

FilterPicture drawFilters(const FilterSnapshot &filters)
{
    const std::int64_t plane = filters.height * filters.width;
    const bool drawable = filters.count > 0 && filters.channels > 0 && plane > 0 && filters.height <= kMaxSide
        && filters.width <= kMaxSide && std::int64_t(filters.values.size()) == filters.count * filters.channels * plane;
    if (!drawable)
        return {};
    const std::int64_t count = std::min(filters.count, kMaxFilters);
    const std::int64_t columns = std::min(count, kMaxColumns);
    const std::int64_t rows = (count + columns - 1) / columns;
    const std::int64_t width = columns * (filters.width + 1) - 1;
    const std::int64_t height = rows * (filters.height + 1) - 1;
    const std::int64_t shown = filters.channels == 3 ? 3 : 1;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height * 4)); // transparent between the tiles
    for (std::int64_t index = 0; index < count; ++index) {
        const std::vector<float> tile = tileOf(filters, index);
        const auto [low, high] = std::ranges::minmax(tile);
        const float span = high > low && std::isfinite(high - low) ? high - low : 1.0f;
        const std::int64_t left = index % columns * (filters.width + 1);
        const std::int64_t top = index / columns * (filters.height + 1);
        for (std::int64_t at = 0; at < plane; ++at) {
            auto *pixel = pixels.data() + ((top + at / filters.width) * width + left + at % filters.width) * 4;
            for (std::int64_t channel = 0; channel < 3; ++channel) {
                const float weight = (tile[static_cast<std::size_t>(at * shown + (shown == 3 ? channel : 0))] - low) / span;
                pixel[channel] = static_cast<std::uint8_t>(std::isfinite(weight) ? std::clamp(weight, 0.0f, 1.0f) * 255 : 0);
            }
            pixel[3] = 255;
        }
    }
    return {pngFromRgba(std::uint32_t(width), std::uint32_t(height), pixels), int(width), int(height)};
}

} // namespace netloom
