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
using Histogram = std::array<std::int32_t, 256>;

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

template <int channels, class Table>
void replaceChannels(Picture &picture, Table table)
{
    std::array<Histogram, channels> histograms{};
    const std::uint8_t *end = picture.pixels.data() + picture.pixels.size();
    for (const std::uint8_t *pixel = picture.pixels.data(); pixel != end; pixel += channels) {
        for (int channel = 0; channel < channels; ++channel)
            ++histograms[static_cast<std::size_t>(channel)][pixel[channel]];
    }
    std::array<ByteTable, channels> tables;
    std::ranges::transform(histograms, tables.begin(), table);
    for (std::uint8_t *pixel = picture.pixels.data(); pixel != end; pixel += channels) {
        for (int channel = 0; channel < channels; ++channel)
            pixel[channel] = tables[static_cast<std::size_t>(channel)][pixel[channel]];
    }
}

/// Gives every channel the table that @p table makes from its histogram.
template <class Table>
void replaceByHistogram(Picture &picture, Table table)
{
    if (picture.channels == 1)
        replaceChannels<1>(picture, table);
    else
        replaceChannels<3>(picture, table);
}

/// From @p from towards @p to and, with a factor above 1, beyond. Pillow reckons in single precision and cuts the fraction off.
std::uint8_t blend(int from, int to, float factor)
{
    float value = static_cast<float>(from) + factor * static_cast<float>(to - from);
    value = value > 0.0f ? value : 0.0f;
    value = value < 255.0f ? value : 255.0f;
    return static_cast<std::uint8_t>(static_cast<int>(value));
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

/// Where a hue byte lies on the colour circle: its sixth, and the part of it.
struct HuePlace {
    std::uint8_t sector;
    float part;
};

constexpr std::array<HuePlace, 256> kHuePlaces = [] {
    std::array<HuePlace, 256> places{};
    for (std::size_t hue = 0; hue < places.size(); ++hue) {
        const double place = static_cast<float>(hue) * 6.0 / 255.0;
        const int sector = static_cast<int>(place);
        places[hue] = {static_cast<std::uint8_t>(sector % 6), static_cast<float>(place - static_cast<float>(sector))};
    }
    return places;
}();

/// After Pillow's hsv2rgb; @p saturation isn't 0.
void setColour(std::uint8_t *rgb, std::uint8_t hue, std::uint8_t saturation, std::uint8_t value)
{
    // Which of full, low, falling and rising is red, green and blue in each sixth.
    constexpr std::uint8_t kSectors[6][3] = {{0, 3, 1}, {2, 0, 1}, {1, 0, 3}, {1, 2, 0}, {3, 1, 0}, {0, 1, 2}};
    const auto [sector, part] = kHuePlaces[hue];
    const float share = static_cast<float>(static_cast<float>(saturation) / 255.0);
    const auto reduced = [&](double by) { return static_cast<std::uint8_t>(static_cast<int>(value * (1.0 - by) + 0.5)); };
    const std::uint8_t shades[4] = {value, reduced(share), reduced(static_cast<double>(share * part)), reduced(share * (1.0 - part))};
    for (int channel = 0; channel < 3; ++channel)
        rgb[channel] = shades[kSectors[sector][channel]];
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
    constexpr std::size_t kBlock = 192; // bytes of whole pixels, for loops that the compiler turns into vectors
    std::uint8_t greys[kBlock];
    for (std::size_t start = 0; start < picture.pixels.size(); start += kBlock) {
        std::uint8_t *block = picture.pixels.data() + start;
        const std::size_t count = std::min(kBlock, picture.pixels.size() - start);
        for (std::size_t at = 0; at < count; at += 3)
            std::fill_n(greys + at, 3, luma(block + at));
        for (std::size_t at = 0; at < count; ++at)
            block[at] = blend(greys[at], block[at], static_cast<float>(factor));
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
    const int first = static_cast<int>(std::ceil(threshold));
    for (std::uint8_t &byte : picture.pixels)
        byte = static_cast<std::uint8_t>(byte < first ? byte : 255 - byte);
}

void autocontrast(Picture &picture)
{
    replaceByHistogram(picture, [](const Histogram &histogram) {
        const auto occurs = [](std::int32_t count) { return count > 0; };
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
    const int count = static_cast<int>(picture.pixels.size() / static_cast<std::size_t>(picture.channels));
    replaceByHistogram(picture, [&](const Histogram &histogram) {
        const auto brightest = std::find_if(histogram.rbegin(), histogram.rend(), [](std::int32_t pixels) { return pixels > 0; });
        const int step = (count - *brightest) / 255; // px that share one of the new numbers
        if (step == 0)
            return sameBytes();
        int darker = step / 2;
        return tableOf([&](int byte) {
            const auto value = static_cast<std::uint8_t>(std::min(darker / step, 255));
            darker += histogram[static_cast<std::size_t>(byte)];
            return value;
        });
    });
}

} // namespace netloom
