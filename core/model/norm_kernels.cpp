// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/norm_kernels.h"

#include "data/each_processor.h"

namespace netloom {

NETLOOM_FOR_EACH_PROCESSOR
void sumRows(std::int64_t rows, std::int64_t channels, const float *__restrict x, const float *__restrict from, float *__restrict sum,
    float *__restrict squares)
{
    std::int64_t row = 0;
    for (; row + 4 <= rows; row += 4, x += 4 * channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            const float a = x[channel] - from[channel];
            const float b = x[channels + channel] - from[channel];
            const float c = x[2 * channels + channel] - from[channel];
            const float d = x[3 * channels + channel] - from[channel];
            sum[channel] += (a + b) + (c + d);
            squares[channel] += (a * a + b * b) + (c * c + d * d);
        }
    }
    for (; row < rows; ++row, x += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            const float a = x[channel] - from[channel];
            sum[channel] += a;
            squares[channel] += a * a;
        }
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void normRows(std::int64_t rows, std::int64_t channels, const float *__restrict x, const Normed &normed, float *__restrict y)
{
    const float *__restrict scale = normed.scale;
    const float *__restrict shift = normed.shift;
    const float least = normed.least;
    for (std::int64_t row = 0; row < rows; ++row, x += channels, y += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            const float made = scale[channel] * x[channel] + shift[channel];
            y[channel] = made <= least ? least : made; // keeps what is no number
        }
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void normWindows(std::int64_t windows, std::int64_t channels, const float *__restrict above, const float *__restrict below, const Normed &normed,
    float *__restrict y, std::uint8_t *__restrict which)
{
    const float *__restrict scale = normed.scale;
    const float *__restrict shift = normed.shift;
    const float least = normed.least;
    for (std::int64_t window = 0; window < windows; ++window) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            float best = scale[channel] * above[channel] + shift[channel];
            int place = 0;
            const float b = scale[channel] * above[channels + channel] + shift[channel];
            place = b > best ? 1 : place;
            best = b > best ? b : best;
            const float c = scale[channel] * below[channel] + shift[channel];
            place = c > best ? 2 : place;
            best = c > best ? c : best;
            const float d = scale[channel] * below[channels + channel] + shift[channel];
            place = d > best ? 3 : place;
            best = d > best ? d : best;
            y[channel] = best <= least ? least : best; // keeps what is no number
            which[channel] = static_cast<std::uint8_t>(best <= least ? 4 : place);
        }
        above += 2 * channels;
        below += 2 * channels;
        y += channels;
        which += channels;
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void sumGradients(std::int64_t rows, std::int64_t channels, const float *__restrict x, const float *__restrict gradient, const Normed &normed,
    const float *__restrict from, float *__restrict sum, float *__restrict products)
{
    const float *__restrict scale = normed.scale;
    const float *__restrict shift = normed.shift;
    const float least = normed.least;
    for (std::int64_t row = 0; row < rows; ++row, x += channels, gradient += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            const float g = scale[channel] * x[channel] + shift[channel] > least ? gradient[channel] : 0;
            sum[channel] += g;
            products[channel] += g * (x[channel] - from[channel]);
        }
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void sumWindowGradients(std::int64_t windows, std::int64_t channels, const float *__restrict above, const float *__restrict below,
    const float *__restrict gradient, const std::uint8_t *__restrict which, const float *__restrict from, float *__restrict sum,
    float *__restrict products)
{
    for (std::int64_t window = 0; window < windows; ++window) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            const int place = which[channel];
            float x = above[channel];
            x = place == 1 ? above[channels + channel] : x;
            x = place == 2 ? below[channel] : x;
            x = place == 3 ? below[channels + channel] : x;
            const float g = place < 4 ? gradient[channel] : 0;
            sum[channel] += g;
            products[channel] += g * (x - from[channel]);
        }
        above += 2 * channels;
        below += 2 * channels;
        gradient += channels;
        which += channels;
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void slopeRows(std::int64_t rows, std::int64_t channels, const float *__restrict x, const float *__restrict gradient, const Normed &normed,
    const NormSlope &slope, float *__restrict out)
{
    const float *__restrict scale = normed.scale;
    const float *__restrict shift = normed.shift;
    const float least = normed.least;
    const float *__restrict factor = slope.scale;
    const float *__restrict steepness = slope.slope;
    const float *__restrict offset = slope.offset;
    for (std::int64_t row = 0; row < rows; ++row, x += channels, gradient += channels, out += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            const float g = scale[channel] * x[channel] + shift[channel] > least ? gradient[channel] : 0;
            out[channel] = factor[channel] * g + (steepness[channel] * x[channel] + offset[channel]);
        }
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void slopeWindows(std::int64_t windows, std::int64_t channels, const float *__restrict above, const float *__restrict below,
    const float *__restrict gradient, const std::uint8_t *__restrict which, const NormSlope &slope, float *__restrict outAbove,
    float *__restrict outBelow)
{
    const float *__restrict factor = slope.scale;
    const float *__restrict steepness = slope.slope;
    const float *__restrict offset = slope.offset;
    for (std::int64_t window = 0; window < windows; ++window) {
        for (int point = 0; point < 4; ++point) { // one by one: processors' vectors want one place to write to
            const std::int64_t at = (point % 2) * channels;
            const float *__restrict x = (point < 2 ? above : below) + at;
            float *__restrict out = (point < 2 ? outAbove : outBelow) + at;
            for (std::int64_t channel = 0; channel < channels; ++channel) {
                const float g = which[channel] == point ? gradient[channel] : 0;
                out[channel] = factor[channel] * g + (steepness[channel] * x[channel] + offset[channel]);
            }
        }
        above += 2 * channels;
        below += 2 * channels;
        gradient += channels;
        which += channels;
        outAbove += 2 * channels;
        outBelow += 2 * channels;
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void slopeUnseen(std::int64_t rows, std::int64_t channels, const float *__restrict x, const NormSlope &slope, float *__restrict out)
{
    const float *__restrict steepness = slope.slope;
    const float *__restrict offset = slope.offset;
    for (std::int64_t row = 0; row < rows; ++row, x += channels, out += channels) {
        for (std::int64_t channel = 0; channel < channels; ++channel)
            out[channel] = steepness[channel] * x[channel] + offset[channel];
    }
}

} // namespace netloom
