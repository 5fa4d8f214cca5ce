// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/border.h"

#include "data/picture_pixels.h"

#include <algorithm>

namespace netloom {

int borderSource(int place, int size, BorderKind kind)
{
    if (place >= 0 && place < size)
        return place;
    if (kind == BorderKind::Constant)
        return -1;
    if (kind == BorderKind::Edge || size == 1)
        return std::clamp(place, 0, size - 1);
    // There and back again, over and over.
    const int round = kind == BorderKind::Reflect ? 2 * size - 2 : 2 * size;
    const int step = (place % round + round) % round;
    if (step < size)
        return step;
    return kind == BorderKind::Reflect ? round - step : round - 1 - step;
}

void addBorder(Picture &picture, const Border &border)
{
    const int height = picture.height + border.top + border.bottom;
    const int width = picture.width + border.left + border.right;
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t inStride = static_cast<std::size_t>(picture.width) * channels;
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * channels);
    std::uint8_t *out = spare.data();
    for (int row = 0; row < height; ++row) {
        const int fromRow = borderSource(row - border.top, picture.height, border.kind);
        const std::uint8_t *in = picture.pixels.data() + static_cast<std::size_t>(std::max(fromRow, 0)) * inStride;
        const auto fillColumns = [&](int first, int last) {
            for (int column = first; column < last; ++column, out += channels) {
                const int from = fromRow < 0 ? -1 : borderSource(column - border.left, picture.width, border.kind);
                std::copy_n(from < 0 ? border.fill.data() : in + static_cast<std::size_t>(from) * channels, channels, out);
            }
        };
        if (fromRow < 0) {
            fillColumns(0, width);
            continue;
        }
        fillColumns(0, border.left);
        out = std::copy_n(in, inStride, out);
        fillColumns(border.left + picture.width, width);
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

} // namespace netloom
