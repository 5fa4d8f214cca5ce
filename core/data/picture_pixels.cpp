// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace netloom {

namespace {

std::size_t byteCount(int height, int width, int channels)
{
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
}

} // namespace

std::vector<std::uint8_t> &spareBuffer()
{
    thread_local std::vector<std::uint8_t> buffer;
    return buffer;
}

void setChannels(Picture &picture, int channels)
{
    if (picture.channels == channels)
        return;
    std::vector<std::uint8_t> &spare = spareBuffer();
    const std::size_t count = byteCount(picture.height, picture.width, 1);
    spare.resize(count * static_cast<std::size_t>(channels));
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        if (channels == 1)
            spare[pixel] = luma(picture.pixels.data() + pixel * 3);
        else
            std::fill_n(spare.data() + pixel * 3, 3, picture.pixels[pixel]);
    }
    picture.pixels.swap(spare);
    picture.channels = channels;
}

void makeUpright(Picture &picture, int orientation)
{
    if (orientation <= 1 || orientation > 8)
        return;
    const bool transposed = orientation >= 5;
    const int height = transposed ? picture.width : picture.height;
    const int width = transposed ? picture.height : picture.width;
    const bool fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const auto channels = static_cast<std::size_t>(picture.channels);
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.resize(picture.pixels.size());
    std::uint8_t *out = spare.data();
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column, out += channels) {
            int y = transposed ? column : row;
            int x = transposed ? row : column;
            y = fromBottom ? picture.height - 1 - y : y;
            x = fromRight ? picture.width - 1 - x : x;
            const std::size_t pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
            std::copy_n(picture.pixels.data() + pixel * channels, channels, out);
        }
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

void flipHorizontally(Picture &picture)
{
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t stride = byteCount(1, picture.width, picture.channels);
    for (int row = 0; row < picture.height; ++row) {
        std::uint8_t *left = picture.pixels.data() + static_cast<std::size_t>(row) * stride;
        std::uint8_t *right = left + stride - channels;
        for (; left < right; left += channels, right -= channels)
            std::swap_ranges(left, left + channels, right);
    }
}

void flipVertically(Picture &picture)
{
    const std::size_t stride = byteCount(1, picture.width, picture.channels);
    std::uint8_t *top = picture.pixels.data();
    std::uint8_t *bottom = top + stride * static_cast<std::size_t>(picture.height - 1);
    for (; top < bottom; top += stride, bottom -= stride)
        std::swap_ranges(top, top + stride, bottom);
}

void cutOut(Picture &picture, int top, int left, int height, int width)
{
    if (top == 0 && left == 0 && height == picture.height && width == picture.width)
        return;
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.assign(byteCount(height, width, picture.channels), 0);
    const int firstColumn = std::max(0, left);
    const int lastColumn = std::min(picture.width, left + width);
    for (int row = 0; row < height && firstColumn < lastColumn; ++row) {
        const int y = top + row;
        if (y < 0 || y >= picture.height)
            continue;
        std::memcpy(spare.data() + byteCount(row, width, picture.channels) + byteCount(1, firstColumn - left, picture.channels),
            picture.pixels.data() + byteCount(y, picture.width, picture.channels) + byteCount(1, firstColumn, picture.channels),
            byteCount(1, lastColumn - firstColumn, picture.channels));
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

} // namespace netloom
