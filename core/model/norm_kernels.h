// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace netloom {

// What batch normalization, ReLU and max pooling compute on pictures that lie with their channels last: a row is one point with its
// @p channels numbers. Sums are added to. A window is 2×2 points; windows lie side by side, from two rows of points above each other.

/// Every channel becomes scale·x + shift; nothing is kept at or below @p least, which is 0 with ReLU and else -∞.
struct Normed {
    const float *scale;
    const float *shift;
    float least;
};

/// A picture's gradient is scale·g + slope·x + offset in every channel, where g is the gradient behind the normalization and ReLU.
struct NormSlope {
    const float *scale;
    const float *slope;
    const float *offset;
};

/// sum += Σ(x − from), squares += Σ(x − from)².
void sumRows(std::int64_t rows, std::int64_t channels, const float *x, const float *from, float *sum, float *squares);

/// What the normalization and ReLU make of x.
void normRows(std::int64_t rows, std::int64_t channels, const float *x, const Normed &normed, float *y);

/// The largest in each window of that, and which point it was: 4 where none came through ReLU.
void normWindows(std::int64_t windows, std::int64_t channels, const float *above, const float *below, const Normed &normed, float *y,
    std::uint8_t *which);

/// sum += Σg, products += Σg·(x − from), where g is @p gradient where something came through ReLU.
void sumGradients(std::int64_t rows, std::int64_t channels, const float *x, const float *gradient, const Normed &normed, const float *from,
    float *sum, float *products);

/// The same for windows: only the point that was kept has a gradient.
void sumWindowGradients(std::int64_t windows, std::int64_t channels, const float *above, const float *below, const float *gradient,
    const std::uint8_t *which, const float *from, float *sum, float *products);

/// The gradient of x.
void slopeRows(std::int64_t rows, std::int64_t channels, const float *x, const float *gradient, const Normed &normed, const NormSlope &slope,
    float *out);

/// The same for windows.
void slopeWindows(std::int64_t windows, std::int64_t channels, const float *above, const float *below, const float *gradient,
    const std::uint8_t *which, const NormSlope &slope, float *outAbove, float *outBelow);

/// The same for points that no window holds: their g is 0.
void slopeUnseen(std::int64_t rows, std::int64_t channels, const float *x, const NormSlope &slope, float *out);

} // namespace netloom
