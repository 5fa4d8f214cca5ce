// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/tones.h"

#include "data/picture_pixels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace netloom {

namespace {

using ByteTable = std::array<std::uint8_t, 256>;
using Histogram = std::array<std::int64_t, 256>;

ByteTable sameBytes()
{
    ByteTable table;
    std::iota(table.begin(), table.end(), std::uint8_t(0));
    return table;
}

/// A table with what @p value gives for every byte.
template <class Value>
ByteTable tableOf(Value value)
{
    ByteTable table;
    for (int byte = 0; byte < 256; ++byte)
        table[static_cast<std::size_t>(byte)] = value(byte);
    return table;
}

void replaceBytes(Picture &picture, const ByteTable &table)
{
    for (std::uint8_t &byte : picture.pixels)
        byte = table[byte];
}

/// Gives every channel the table that @p table makes from its histogram.
template <class Table>
void replaceByHistogram(Picture &picture, Table table)
{
    const auto channels = static_cast<std::size_t>(picture.channels);
    for (std::size_t channel = 0; channel < channels; ++channel) {
        Histogram histogram{};
        for (std::size_t index = channel; index < picture.pixels.size(); index += channels)
            ++histogram[picture.pixels[index]];
        const ByteTable replaced = table(histogram);
        for (std::size_t index = channel; index < picture.pixels.size(); index += channels)
            picture.pixels[index] = replaced[picture.pixels[index]];
    }
}

/// From @p from towards @p to and, with a factor above 1, beyond. Pillow reckons in single precision and cuts the fraction off.
std::uint8_t blend(int from, int to, float factor)
{
    const float value = static_cast<float>(from) + factor * static_cast<float>(to - from);
    return static_cast<std::uint8_t>(std::clamp(value, 0.0f, 255.0f));
}

int meanGrey(const Picture &picture)
{
    std::uint64_t sum = 0;
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t count = picture.pixels.size() / channels;
    for (std::size_t pixel = 0; pixel < count; ++pixel)
        sum += channels == 1 ? picture.pixels[pixel] : luma(picture.pixels.data() + pixel * 3);
    return static_cast<int>(static_cast<double>(sum) / static_cast<double>(count) + 0.5);
}

/// Hue and saturation as bytes; the value is the largest of the three. After Pillow's rgb2hsv.
std::array<std::uint8_t, 2> hueAndSaturation(const std::uint8_t *rgb, int most)
{
    const int least = std::min({rgb[0], rgb[1], rgb[2]});
    if (least == most)
        return {0, 0};
    const float range = static_cast<float>(most - least);
    const auto below = [&](int channel) { return static_cast<float>(most - rgb[channel]) / range; };
    float hue = 0.0f;
    if (rgb[0] == most)
        hue = below(2) - below(1);
    else if (rgb[1] == most)
        hue = static_cast<float>(2.0 + below(0) - below(2));
    else
        hue = static_cast<float>(4.0 + below(1) - below(0));
    double circle = hue / 6.0 + 1.0;
    circle = circle >= 1.0 ? circle - 1.0 : circle;
    const float saturation = range / static_cast<float>(most);
    return {static_cast<std::uint8_t>(static_cast<float>(circle) * 255.0), static_cast<std::uint8_t>(saturation * 255.0)};
}

/// After Pillow's hsv2rgb; @p saturation isn't 0.
void setColour(std::uint8_t *rgb, std::uint8_t hue, std::uint8_t saturation, std::uint8_t value)
{
    const double place = static_cast<float>(hue) * 6.0 / 255.0;
    const int sector = static_cast<int>(place);
    const float part = static_cast<float>(place - static_cast<float>(sector));
    const float share = static_cast<float>(static_cast<float>(saturation) / 255.0);
    const auto reduced = [&](double by) { return static_cast<std::uint8_t>(value * (1.0 - by) + 0.5); };
    const std::uint8_t low = reduced(share);
    const std::uint8_t falling = reduced(static_cast<double>(share * part));
    const std::uint8_t rising = reduced(share * (1.0 - part));
    const std::array<std::array<std::uint8_t, 3>, 6> sectors{{{value, rising, low}, {falling, value, low}, {low, value, rising},
        {low, falling, value}, {rising, low, value}, {value, low, falling}}};
    std::ranges::copy(sectors[static_cast<std::size_t>(sector % 6)], rgb);
}

} // namespace

void adjustBrightness(Picture &picture, double factor)
{
    replaceBytes(picture, tableOf([&](int byte) { return blend(0, byte, static_cast<float>(factor)); }));
}

void adjustContrast(Picture &picture, double factor)
{
    const int mean = meanGrey(picture);
    replaceBytes(picture, tableOf([&](int byte) { return blend(mean, byte, static_cast<float>(factor)); }));
}

void adjustSaturation(Picture &picture, double factor)
{
    if (picture.channels != 3)
        return;
    for (std::size_t at = 0; at < picture.pixels.size(); at += 3) {
        std::uint8_t *rgb = picture.pixels.data() + at;
        const int grey = luma(rgb);
        for (int channel = 0; channel < 3; ++channel)
            rgb[channel] = blend(grey, rgb[channel], static_cast<float>(factor));
    }
}

void adjustHue(Picture &picture, double turn)
{
    if (picture.channels != 3)
        return;
    const int steps = static_cast<int>(turn * 255.0);
    for (std::size_t at = 0; at < picture.pixels.size(); at += 3) {
        std::uint8_t *rgb = picture.pixels.data() + at;
        const std::uint8_t most = std::max({rgb[0], rgb[1], rgb[2]});
        const auto [hue, saturation] = hueAndSaturation(rgb, most);
        if (saturation == 0)
            std::fill_n(rgb, 3, most);
        else
            setColour(rgb, static_cast<std::uint8_t>(hue + steps), saturation, most);
    }
}

void adjustSharpness(Picture &picture, double factor)
{
    if (picture.height < 3 || picture.width < 3)
        return;
    const std::ptrdiff_t channels = picture.channels;
    const std::ptrdiff_t stride = picture.width * channels;
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare = picture.pixels;
    for (std::ptrdiff_t row = 1; row + 1 < picture.height; ++row) {
        const std::uint8_t *in = picture.pixels.data() + row * stride;
        std::uint8_t *out = spare.data() + row * stride;
        for (std::ptrdiff_t at = channels; at < stride - channels; ++at) {
            const auto three = [&](std::ptrdiff_t middle) { return in[middle - channels] + in[middle] + in[middle + channels]; };
            const int sum = three(at - stride) + three(at) + three(at + stride) + 4 * in[at]; // weights 1 around 5, over 13
            out[at] = blend((2 * sum + 13) / 26, in[at], static_cast<float>(factor));
        }
    }
    picture.pixels.swap(spare);
}

void invert(Picture &picture)
{
    for (std::uint8_t &byte : picture.pixels)
        byte = static_cast<std::uint8_t>(255 - byte);
}

void posterize(Picture &picture, int bits)
{
    const auto mask = static_cast<std::uint8_t>(0xff00 >> bits);
    for (std::uint8_t &byte : picture.pixels)
        byte &= mask;
}

void solarize(Picture &picture, double threshold)
{
    replaceBytes(picture, tableOf([&](int byte) { return static_cast<std::uint8_t>(byte < threshold ? byte : 255 - byte); }));
}

void autocontrast(Picture &picture)
{
    replaceByHistogram(picture, [](const Histogram &histogram) {
        const auto occurs = [](std::int64_t count) { return count > 0; };
        const int darkest = static_cast<int>(std::ranges::find_if(histogram, occurs) - histogram.begin());
        const int brightest = 255 - static_cast<int>(std::find_if(histogram.rbegin(), histogram.rend(), occurs) - histogram.rbegin());
        if (brightest <= darkest)
            return sameBytes();
        const double scale = 255.0 / (brightest - darkest);
        const double offset = -darkest * scale;
        return tableOf([&](int byte) { return static_cast<std::uint8_t>(std::clamp(static_cast<int>(byte * scale + offset), 0, 255)); });
    });
}

void equalize(Picture &picture)
{
    const auto count = static_cast<std::int64_t>(picture.pixels.size()) / picture.channels;
    replaceByHistogram(picture, [&](const Histogram &histogram) {
        const auto brightest = std::find_if(histogram.rbegin(), histogram.rend(), [](std::int64_t pixels) { return pixels > 0; });
        const std::int64_t step = (count - *brightest) / 255; // px that share one of the new numbers
        if (step == 0)
            return sameBytes();
        std::int64_t darker = step / 2;
        return tableOf([&](int byte) {
            const auto value = static_cast<std::uint8_t>(std::min<std::int64_t>(darker / step, 255));
            darker += histogram[static_cast<std::size_t>(byte)];
            return value;
        });
    });
}

} // namespace netloom
