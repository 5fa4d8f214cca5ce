// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/warp.h"

#include "data/picture_pixels.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <numbers>

namespace netloom {

namespace {

/// Where a pixel comes from: x' = m0·x + m1·y + m2, y' = m3·x + m4·y + m5.
using AffineMatrix = std::array<double, 6>;

double radians(double degrees)
{
    return degrees * (std::numbers::pi / 180.0);
}

/// The picture that is read while a new one is written.
struct Ground {
    const std::uint8_t *pixels;
    int height;
    int width;

    bool holds(double x, double y) const { return x >= 0.0 && x < width && y >= 0.0 && y < height; }
};

/// Of whole or real numbers; the steps between whole ones stay whole, which is fast and just as exact.
template <class Number>
double between(Number first, Number second, double part)
{
    return first + (second - first) * part;
}

template <class Number>
double cubicBetween(Number a, Number b, Number c, Number d, double part)
{
    const Number p2 = -a + c;
    const Number p3 = 2 * (a - b) + c - d;
    const Number p4 = -a + b - c + d;
    return b + part * (p2 + part * (p3 + part * p4));
}

// Each writes the pixel at (x, y), which the ground holds.

template <int channels>
void takeNearest(const Ground &ground, double x, double y, std::uint8_t *out)
{
    const auto index = static_cast<std::ptrdiff_t>(y) * ground.width + static_cast<std::ptrdiff_t>(x);
    std::memcpy(out, ground.pixels + index * channels, channels);
}

template <int channels>
void takeBilinear(const Ground &ground, double x, double y, std::uint8_t *out)
{
    x -= 0.5;
    y -= 0.5;
    const int column = x < 0.0 ? -1 : static_cast<int>(x);
    const int row = y < 0.0 ? -1 : static_cast<int>(y);
    const double partX = x - column;
    const double partY = y - row;
    const int left = std::max(column, 0) * channels;
    const int right = std::min(column + 1, ground.width - 1) * channels;
    const std::ptrdiff_t stride = static_cast<std::ptrdiff_t>(ground.width) * channels;
    const std::uint8_t *upper = ground.pixels + std::max(row, 0) * stride;
    const std::uint8_t *lower = ground.pixels + std::min(row + 1, ground.height - 1) * stride;
    for (int channel = 0; channel < channels; ++channel) {
        const double above = between<int>(upper[left + channel], upper[right + channel], partX);
        const double below = between<int>(lower[left + channel], lower[right + channel], partX);
        out[channel] = static_cast<std::uint8_t>(static_cast<int>(between(above, below, partY)));
    }
}

template <int channels>
void takeBicubic(const Ground &ground, double x, double y, std::uint8_t *out)
{
    x -= 0.5;
    y -= 0.5;
    const int column = x < 0.0 ? -1 : static_cast<int>(x);
    const int row = y < 0.0 ? -1 : static_cast<int>(y);
    std::ptrdiff_t across[4];
    std::ptrdiff_t down[4];
    for (int tap = 0; tap < 4; ++tap) {
        across[tap] = static_cast<std::ptrdiff_t>(std::clamp(column - 1 + tap, 0, ground.width - 1)) * channels;
        down[tap] = static_cast<std::ptrdiff_t>(std::clamp(row - 1 + tap, 0, ground.height - 1)) * ground.width * channels;
    }
    for (int channel = 0; channel < channels; ++channel) {
        double rows[4];
        for (int tap = 0; tap < 4; ++tap) {
            const std::uint8_t *in = ground.pixels + down[tap] + channel;
            rows[tap] = cubicBetween<int>(in[across[0]], in[across[1]], in[across[2]], in[across[3]], x - column);
        }
        out[channel] = static_cast<std::uint8_t>(std::clamp(static_cast<int>(cubicBetween(rows[0], rows[1], rows[2], rows[3], y - row)), 0, 255));
    }
}

/// Writes a picture of @p height × @p width, each pixel from where @p place (row, column) says, the fill where that is outside.
template <int channels, class Place>
void takeAll(Picture &picture, int height, int width, const WarpLook &look, Place place)
{
    const Ground ground{picture.pixels.data(), picture.height, picture.width};
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * channels);
    const auto write = [&](auto take) {
        std::uint8_t *out = spare.data();
        for (int row = 0; row < height; ++row) {
            for (int column = 0; column < width; ++column, out += channels) {
                const auto [x, y] = place(row, column);
                if (ground.holds(x, y))
                    take(ground, x, y, out);
                else
                    std::memcpy(out, look.fill.data(), channels);
            }
        }
    };
    switch (look.interpolation) {
    case Interpolation::Bilinear: write(takeBilinear<channels>); break;
    case Interpolation::Bicubic: write(takeBicubic<channels>); break;
    default: write(takeNearest<channels>); break;
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

template <class Place>
void takeAll(Picture &picture, int height, int width, const WarpLook &look, Place place)
{
    if (picture.channels == 1)
        takeAll<1>(picture, height, width, look, place);
    else
        takeAll<3>(picture, height, width, look, place);
}

/// Nearest without turn or shear: every column comes from one column, every row from one row.
template <int channels>
void scaleNearest(Picture &picture, int height, int width, const AffineMatrix &m, const WarpLook &look)
{
    const auto placeOf = [](double value, int size) { return value >= 0.0 && value < size ? static_cast<int>(value) : -1; };
    thread_local std::vector<int> columns;
    columns.resize(static_cast<std::size_t>(width));
    double x = m[2] + m[0] * 0.5;
    for (int &column : columns) {
        column = placeOf(x, picture.width);
        x += m[0];
    }
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * channels);
    std::uint8_t *out = spare.data();
    double y = m[5] + m[4] * 0.5;
    for (int row = 0; row < height; ++row, y += m[4]) {
        const int from = placeOf(y, picture.height);
        const std::uint8_t *in = picture.pixels.data() + static_cast<std::ptrdiff_t>(std::max(from, 0)) * picture.width * channels;
        for (int column : columns) {
            std::memcpy(out, from < 0 || column < 0 ? look.fill.data() : in + column * channels, channels);
            out += channels;
        }
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

constexpr double kFixedOne = 65536.0;

bool fitsFixed(const AffineMatrix &m, double x, double y)
{
    return std::abs(m[0] * x + m[1] * y + m[2]) < 32768.0 && std::abs(m[3] * x + m[4] * y + m[5]) < 32768.0;
}

/// Narrows @p first … @p last to the columns where start + column · step lies in 0 … end - 1.
void narrowSpan(std::int64_t start, std::int64_t step, std::int64_t end, std::int64_t &first, std::int64_t &last)
{
    const auto ceilDivide = [](std::int64_t a, std::int64_t b) { return a > 0 ? (a + b - 1) / b : -(-a / b); };
    if (step == 0) {
        last = start >= 0 && start < end ? last : first;
    } else if (step > 0) {
        first = std::max(first, ceilDivide(-start, step));
        last = std::min(last, ceilDivide(end - start, step));
    } else {
        first = std::max(first, ceilDivide(start - end + 1, -step));
        last = std::min(last, ceilDivide(start + 1, -step));
    }
    last = std::max<std::int64_t>(last, 0);
    first = std::min(first, last);
}

/// Nearest in whole numbers of 1/65536 px.
template <int channels>
void warpNearest(Picture &picture, int height, int width, const AffineMatrix &m, const WarpLook &look)
{
    const auto fixed = [](double value) { return static_cast<std::int64_t>(std::floor(value * kFixedOne + 0.5)); };
    const std::int64_t stepX = fixed(m[0]);
    const std::int64_t stepY = fixed(m[3]);
    std::int64_t startX = fixed(m[2] + m[0] * 0.5 + m[1] * 0.5);
    std::int64_t startY = fixed(m[5] + m[3] * 0.5 + m[4] * 0.5);
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * channels);
    const std::uint8_t *ground = picture.pixels.data();
    const std::int64_t stride = picture.width;
    std::uint8_t *out = spare.data();
    for (int row = 0; row < height; ++row, startX += fixed(m[1]), startY += fixed(m[4])) {
        std::int64_t first = 0;
        std::int64_t last = width;
        narrowSpan(startX, stepX, stride << 16, first, last);
        narrowSpan(startY, stepY, static_cast<std::int64_t>(picture.height) << 16, first, last);
        const auto fill = [&](std::int64_t count) {
            for (; count > 0; --count, out += channels)
                std::memcpy(out, look.fill.data(), channels);
        };
        fill(first);
        std::int64_t x = startX + first * stepX;
        std::int64_t y = startY + first * stepY;
        for (std::int64_t column = first; column < last; ++column, out += channels, x += stepX, y += stepY)
            std::memcpy(out, ground + ((y >> 16) * stride + (x >> 16)) * channels, channels);
        fill(width - last);
    }
    picture.pixels.swap(spare);
    picture.height = height;
    picture.width = width;
}

void warpAffine(Picture &picture, int height, int width, const AffineMatrix &m, const WarpLook &look)
{
    if (look.interpolation == Interpolation::Nearest && m[1] == 0.0 && m[3] == 0.0)
        return picture.channels == 1 ? scaleNearest<1>(picture, height, width, m, look) : scaleNearest<3>(picture, height, width, m, look);
    if (look.interpolation == Interpolation::Nearest && fitsFixed(m, 0, 0) && fitsFixed(m, width, height) && fitsFixed(m, 0, height)
        && fitsFixed(m, width, 0))
        return picture.channels == 1 ? warpNearest<1>(picture, height, width, m, look) : warpNearest<3>(picture, height, width, m, look);
    takeAll(picture, height, width, look, [&m](int row, int column) {
        return std::array{m[0] * (column + 0.5) + m[1] * (row + 0.5) + m[2], m[3] * (column + 0.5) + m[4] * (row + 0.5) + m[5]};
    });
}

/// Python's round(value, 15), which keeps right angles exact, for sines.
double rounded15(double value)
{
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 15).ptr;
    std::from_chars(digits, end, value);
    return value;
}

/// Moves what the matrix gives for (x, y) into its constant part.
void shiftInput(AffineMatrix &m, double x, double y)
{
    const double atX = m[0] * x + m[1] * y + m[2];
    const double atY = m[3] * x + m[4] * y + m[5];
    m[2] = atX;
    m[5] = atY;
}

/// The size that holds a picture of @p height × @p width turned by @p m.
std::array<int, 2> turnedSize(const AffineMatrix &m, int height, int width)
{
    std::array<double, 4> x{};
    std::array<double, 4> y{};
    const double corners[4][2] = {{0, 0}, {double(width), 0}, {double(width), double(height)}, {0, double(height)}};
    for (std::size_t corner = 0; corner < 4; ++corner) {
        x[corner] = m[0] * corners[corner][0] + m[1] * corners[corner][1] + m[2];
        y[corner] = m[3] * corners[corner][0] + m[4] * corners[corner][1] + m[5];
    }
    const auto extent = [](const std::array<double, 4> &places) {
        return static_cast<int>(std::ceil(std::ranges::max(places)) - std::floor(std::ranges::min(places)));
    };
    return {extent(y), extent(x)};
}

/// Solves the eight equations by Gaussian elimination with column pivots.
std::optional<std::array<double, 8>> solve(std::array<std::array<double, 9>, 8> &rows)
{
    for (std::size_t step = 0; step < 8; ++step) {
        const auto pivot = std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(step), rows.end(),
            [step](const auto &a, const auto &b) { return std::abs(a[step]) < std::abs(b[step]); });
        if (std::abs((*pivot)[step]) < 1e-9)
            return std::nullopt;
        std::swap(rows[step], *pivot);
        for (std::size_t row = 0; row < 8; ++row) {
            const double factor = row == step ? 0.0 : rows[row][step] / rows[step][step];
            for (std::size_t column = step; column < 9 && factor != 0.0; ++column)
                rows[row][column] -= factor * rows[step][column];
        }
    }
    std::array<double, 8> result{};
    for (std::size_t row = 0; row < 8; ++row)
        result[row] = rows[row][8] / rows[row][row];
    return result;
}

} // namespace

void rotate(Picture &picture, double angle, const WarpLook &look, bool expand, const WarpCenter &center)
{
    angle = std::fmod(angle, 360.0);
    angle += angle < 0.0 ? 360.0 : 0.0;
    if (!center && angle == 0.0)
        return;
    // A quarter or half turn moves whole pixels; 8, 3 and 6 are its EXIF orientations.
    if (!center && angle == 180.0)
        return makeUpright(picture, 3);
    if (!center && (angle == 90.0 || angle == 270.0) && (expand || picture.width == picture.height))
        return makeUpright(picture, angle == 90.0 ? 8 : 6);

    const auto [x, y] = center.value_or(std::array{picture.width / 2.0, picture.height / 2.0});
    const double turn = -radians(angle);
    AffineMatrix m{rounded15(std::cos(turn)), rounded15(std::sin(turn)), 0.0, rounded15(-std::sin(turn)), rounded15(std::cos(turn)), 0.0};
    shiftInput(m, -x, -y);
    m[2] += x;
    m[5] += y;
    int height = picture.height;
    int width = picture.width;
    if (expand) {
        const auto [newHeight, newWidth] = turnedSize(m, height, width);
        shiftInput(m, -(newWidth - width) / 2.0, -(newHeight - height) / 2.0);
        height = newHeight;
        width = newWidth;
    }
    warpAffine(picture, height, width, m, look);
}

void affine(Picture &picture, const AffineMove &move, const WarpLook &look, const WarpCenter &center)
{
    const double turn = radians(move.angle);
    const double shearX = radians(move.shear[0]);
    const double shearY = radians(move.shear[1]);
    // Turn · shear along y · shear along x, whose determinant is 1.
    const double a = std::cos(turn - shearY) / std::cos(shearY);
    const double b = -std::cos(turn - shearY) * std::tan(shearX) / std::cos(shearY) - std::sin(turn);
    const double c = std::sin(turn - shearY) / std::cos(shearY);
    const double d = -std::sin(turn - shearY) * std::tan(shearX) / std::cos(shearY) + std::cos(turn);
    const auto [x, y] = center.value_or(std::array{picture.width * 0.5, picture.height * 0.5});
    AffineMatrix m{d / move.scale, -b / move.scale, 0.0, -c / move.scale, a / move.scale, 0.0};
    m[2] += m[0] * (-x - move.translate[0]) + m[1] * (-y - move.translate[1]);
    m[5] += m[3] * (-x - move.translate[0]) + m[4] * (-y - move.translate[1]);
    m[2] += x;
    m[5] += y;
    warpAffine(picture, picture.height, picture.width, m, look);
}

std::optional<std::array<double, 8>> perspectiveBetween(const Corners &from, const Corners &to)
{
    std::array<std::array<double, 9>, 8> rows{};
    for (std::size_t corner = 0; corner < 4; ++corner) {
        const auto [x, y] = to[corner];
        const auto [oldX, oldY] = from[corner];
        rows[2 * corner] = {x, y, 1, 0, 0, 0, -oldX * x, -oldX * y, oldX};
        rows[2 * corner + 1] = {0, 0, 0, x, y, 1, -oldY * x, -oldY * y, oldY};
    }
    return solve(rows);
}

void perspective(Picture &picture, const std::array<double, 8> &coefficients, const WarpLook &look)
{
    takeAll(picture, picture.height, picture.width, look, [&c = coefficients](int row, int column) {
        const double x = column + 0.5;
        const double y = row + 0.5;
        const double depth = c[6] * x + c[7] * y + 1;
        return std::array{(c[0] * x + c[1] * y + c[2]) / depth, (c[3] * x + c[4] * y + c[5]) / depth};
    });
}

} // namespace netloom
