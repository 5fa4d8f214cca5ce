// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/resample.h"

#include "data/each_processor.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <stdexcept>
#include <string>
#include <utility>

namespace netloom {

namespace {

constexpr int kPrecision = 22; ///< bits after the point of a weight
constexpr std::int32_t kHalf = 1 << (kPrecision - 1);

/// For every output position the first input position and the weights from there on.
struct Filter {
    std::vector<int> first;
    std::vector<int> count;
    std::vector<std::int32_t> weights; ///< `taps` for each output position
    int taps = 0;
};

double triangle(double x)
{
    x = std::abs(x);
    return x < 1.0 ? 1.0 - x : 0.0;
}

double sinc(double x)
{
    return x == 0.0 ? 1.0 : std::sin(x * std::numbers::pi) / (x * std::numbers::pi);
}

double cubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    return x < 2.0 ? (((x - 5.0) * x + 8.0) * x - 4.0) * a : 0.0;
}

double kernel(Interpolation interpolation, double x)
{
    switch (interpolation) {
    case Interpolation::Nearest: break;
    case Interpolation::Box: return x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
    case Interpolation::Bilinear: return triangle(x);
    case Interpolation::Hamming: return std::abs(x) < 1.0 ? sinc(x) * (0.54 + 0.46 * std::cos(x * std::numbers::pi)) : 0.0;
    case Interpolation::Bicubic: return cubic(x);
    case Interpolation::Lanczos: return x >= -3.0 && x < 3.0 ? sinc(x) * sinc(x / 3.0) : 0.0;
    }
    return 0.0;
}

/// How far the kernel reaches to each side, px.
double reach(Interpolation interpolation)
{
    switch (interpolation) {
    case Interpolation::Nearest: break;
    case Interpolation::Box: return 0.5;
    case Interpolation::Bilinear:
    case Interpolation::Hamming: return 1.0;
    case Interpolation::Bicubic: return 2.0;
    case Interpolation::Lanczos: return 3.0;
    }
    return 0.0;
}

void makeFilter(int in, int out, Interpolation interpolation, Filter &filter)
{
    const double scale = static_cast<double>(in) / out;
    const double widening = std::max(scale, 1.0);
    const double support = reach(interpolation) * widening;
    filter.taps = static_cast<int>(std::ceil(support)) * 2 + 1;
    filter.first.resize(static_cast<std::size_t>(out));
    filter.count.resize(static_cast<std::size_t>(out));
    filter.weights.assign(static_cast<std::size_t>(out) * static_cast<std::size_t>(filter.taps), 0);
    thread_local std::vector<double> exact;
    exact.resize(static_cast<std::size_t>(filter.taps));
    for (int position = 0; position < out; ++position) {
        const double center = (position + 0.5) * scale;
        const int first = std::max(0, static_cast<int>(center - support + 0.5));
        const int count = std::min(in, static_cast<int>(center + support + 0.5)) - first;
        double sum = 0.0;
        for (int tap = 0; tap < count; ++tap) {
            const double x = (tap + first - center + 0.5) * (1.0 / widening);
            exact[static_cast<std::size_t>(tap)] = kernel(interpolation, x);
            sum += exact[static_cast<std::size_t>(tap)];
        }
        std::int32_t *weights = filter.weights.data() + static_cast<std::ptrdiff_t>(position) * filter.taps;
        for (int tap = 0; tap < count; ++tap) {
            const double weight = (sum != 0.0 ? exact[static_cast<std::size_t>(tap)] / sum : 0.0) * (1 << kPrecision);
            weights[tap] = static_cast<std::int32_t>(weight < 0 ? weight - 0.5 : weight + 0.5);
        }
        filter.first[static_cast<std::size_t>(position)] = first;
        filter.count[static_cast<std::size_t>(position)] = count;
    }
}

std::uint8_t toByte(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> kPrecision, 0, 255));
}

void resampleGreyRow(const std::uint8_t *in, std::uint8_t *out, int width, const Filter &filter)
{
    const std::int32_t *weights = filter.weights.data();
    for (int column = 0; column < width; ++column, weights += filter.taps) {
        const std::uint8_t *pixel = in + filter.first[static_cast<std::size_t>(column)];
        std::int32_t sum = kHalf;
        for (int tap = 0; tap < filter.count[static_cast<std::size_t>(column)]; ++tap)
            sum += pixel[tap] * weights[tap];
        out[column] = toByte(sum);
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void widen(const std::uint8_t *__restrict in, std::int32_t *__restrict out, std::ptrdiff_t count)
{
    for (std::ptrdiff_t byte = 0; byte < count; ++byte)
        out[byte] = in[byte];
}

using FourSums = std::int32_t __attribute__((vector_size(16)));

/// Red, green and blue with a fourth sum that is thrown away, since four are a vector. @p in: the row's numbers, and one more.
NETLOOM_FOR_EACH_PROCESSOR
void resampleColoredRow(const std::int32_t *in, std::uint8_t *out, int width, const Filter &filter)
{
    const int *first = filter.first.data();
    const int *count = filter.count.data();
    const std::int32_t *weights = filter.weights.data();
    for (int column = 0; column < width; ++column, out += 3, weights += filter.taps) {
        const std::int32_t *pixel = in + static_cast<std::ptrdiff_t>(first[column]) * 3;
        FourSums sums{kHalf, kHalf, kHalf, kHalf};
        for (int tap = 0; tap < count[column]; ++tap, pixel += 3) {
            FourSums four;
            std::memcpy(&four, pixel, sizeof four);
            sums += four * weights[tap];
        }
        for (int channel = 0; channel < 3; ++channel)
            out[channel] = toByte(sums[channel]);
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void addWeighted(std::int32_t *__restrict sums, const std::uint8_t *__restrict in, std::int32_t weight, std::ptrdiff_t count)
{
    for (std::ptrdiff_t byte = 0; byte < count; ++byte)
        sums[byte] += in[byte] * weight;
}

NETLOOM_FOR_EACH_PROCESSOR
void toBytes(const std::int32_t *__restrict sums, std::uint8_t *__restrict out, std::ptrdiff_t count)
{
    for (std::ptrdiff_t byte = 0; byte < count; ++byte)
        out[byte] = toByte(sums[byte]);
}

void resampleColumns(Picture &picture, int width, Interpolation interpolation, std::vector<std::uint8_t> &spare)
{
    thread_local Filter filter;
    makeFilter(picture.width, width, interpolation, filter);
    const std::ptrdiff_t inStride = static_cast<std::ptrdiff_t>(picture.width) * picture.channels;
    const std::ptrdiff_t outStride = static_cast<std::ptrdiff_t>(width) * picture.channels;
    spare.resize(static_cast<std::size_t>(outStride * picture.height));
    thread_local std::vector<std::int32_t> wide;
    wide.resize(static_cast<std::size_t>(inStride) + 1);
    for (int row = 0; row < picture.height; ++row) {
        const std::uint8_t *in = picture.pixels.data() + row * inStride;
        std::uint8_t *out = spare.data() + row * outStride;
        if (picture.channels == 1) {
            resampleGreyRow(in, out, width, filter);
            continue;
        }
        widen(in, wide.data(), inStride);
        resampleColoredRow(wide.data(), out, width, filter);
    }
    picture.pixels.swap(spare);
    picture.width = width;
}

void resampleRows(Picture &picture, int height, Interpolation interpolation, std::vector<std::uint8_t> &spare)
{
    thread_local Filter filter;
    thread_local std::vector<std::int32_t> sums;
    makeFilter(picture.height, height, interpolation, filter);
    const std::ptrdiff_t stride = static_cast<std::ptrdiff_t>(picture.width) * picture.channels;
    spare.resize(static_cast<std::size_t>(stride * height));
    sums.resize(static_cast<std::size_t>(stride));
    for (int row = 0; row < height; ++row) {
        std::ranges::fill(sums, kHalf);
        const std::uint8_t *in = picture.pixels.data() + filter.first[static_cast<std::size_t>(row)] * stride;
        for (int tap = 0; tap < filter.count[static_cast<std::size_t>(row)]; ++tap, in += stride)
            addWeighted(sums.data(), in, filter.weights[static_cast<std::size_t>(row * filter.taps + tap)], stride);
        toBytes(sums.data(), spare.data() + row * stride, stride);
    }
    picture.pixels.swap(spare);
    picture.height = height;
}

void pickNearest(Picture &picture, int height, int width, std::vector<std::uint8_t> &spare)
{
    const auto channels = static_cast<std::size_t>(picture.channels);
    const double yScale = static_cast<double>(picture.height) / height;
    const double xScale = static_cast<double>(picture.width) / width;
    spare.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * channels);
    std::uint8_t *out = spare.data();
    for (int row = 0; row < height; ++row) {
        const auto y = static_cast<std::size_t>(std::min(picture.height - 1, static_cast<int>((row + 0.5) * yScale)));
        const std::uint8_t *in = picture.pixels.data() + y * static_cast<std::size_t>(picture.width) * channels;
        for (int column = 0; column < width; ++column, out += channels) {
            const auto x = static_cast<std::size_t>(std::min(picture.width - 1, static_cast<int>((column + 0.5) * xScale)));
            std::copy_n(in + x * channels, channels, out);
        }
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

} // namespace

Interpolation interpolationNamed(std::string_view name)
{
    constexpr std::pair<std::string_view, Interpolation> names[] = {{"nearest", Interpolation::Nearest}, {"box", Interpolation::Box},
        {"bilinear", Interpolation::Bilinear}, {"hamming", Interpolation::Hamming}, {"bicubic", Interpolation::Bicubic},
        {"lanczos", Interpolation::Lanczos}};
    for (const auto &[word, interpolation] : names) {
        if (word == name)
            return interpolation;
    }
    throw std::out_of_range("no interpolation " + std::string(name));
}

void resample(Picture &picture, int height, int width, Interpolation interpolation)
{
    thread_local std::vector<std::uint8_t> spare;
    if (picture.height == height && picture.width == width)
        return;
    if (interpolation == Interpolation::Nearest) {
        pickNearest(picture, height, width, spare);
        return;
    }
    if (picture.width != width)
        resampleColumns(picture, width, interpolation, spare);
    if (picture.height != height)
        resampleRows(picture, height, interpolation, spare);
}

} // namespace netloom
