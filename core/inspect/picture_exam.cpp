// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/picture_exam.h"

#include "data/picture_file.h"
#include "data/picture_pixels.h"
#include "data/random.h"
#include "transforms/resample.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <numbers>

namespace netloom {

namespace {

constexpr int kHashed = 32;      ///< px; decoded is to twice as many, since reduced scales that differ shift what they show
constexpr int kFrequencies = 8;  ///< of each axis
constexpr int kNoColour = 10;    ///< greatest difference of a pixel's channels that JPEG makes of grey
constexpr int kMostBits = 5;     ///< that differ between copies
constexpr double kMostOff = 4.0; ///< mean difference of the small copies' values
constexpr double kMostOffShare = 0.15; ///< of the same to the picture's own contrast
constexpr double kFlat = 1.5;    ///< standard deviation below which a picture has no structure to hash

/// cos(π (2x + 1) u / 64), by frequency and place.
const std::array<std::array<float, kHashed>, kFrequencies> &cosines()
{
    static const auto table = [] {
        std::array<std::array<float, kHashed>, kFrequencies> values{};
        for (int u = 0; u < kFrequencies; ++u) {
            for (int x = 0; x < kHashed; ++x)
                values[std::size_t(u)][std::size_t(x)] = float(std::cos(std::numbers::pi * (2 * x + 1) * u / (2.0 * kHashed)));
        }
        return values;
    }();
    return table;
}

bool isGrey(const Picture &picture)
{
    if (picture.channels == 1)
        return true;
    for (std::size_t at = 0; at + 2 < picture.pixels.size(); at += 3) {
        const auto [least, most] = std::minmax({picture.pixels[at], picture.pixels[at + 1], picture.pixels[at + 2]});
        if (most - least > kNoColour)
            return false;
    }
    return true;
}

/// Mean and standard deviation of a small copy's values.
std::pair<double, double> spread(const PictureExam &exam)
{
    double sum = 0, squares = 0;
    for (const std::uint8_t value : exam.small) {
        sum += value;
        squares += double(value) * value;
    }
    const double mean = sum / double(exam.small.size());
    return {mean, std::sqrt(std::max(0.0, squares / double(exam.small.size()) - mean * mean))};
}

/// The size as stored in @p file's header and shown upright; the decoded picture may be smaller.
void takeSize(PictureExam &exam, const std::string &file, const Picture &picture)
{
    exam.width = picture.width;
    exam.height = picture.height;
    if (file.empty())
        return;
    const PictureHeader header = readPictureHeader(file);
    if (header.width <= 0 || header.height <= 0)
        return;
    exam.width = static_cast<std::int32_t>(header.orientation >= 5 ? header.height : header.width);
    exam.height = static_cast<std::int32_t>(header.orientation >= 5 ? header.width : header.height);
}

void takeLook(PictureExam &exam, Picture &picture)
{
    setChannels(picture, 3);
    resample(picture, kHashed, kHashed, Interpolation::Box);
    exam.grey = isGrey(picture);
    std::array<std::uint8_t, std::size_t{kHashed} * kHashed> grey{};
    for (std::size_t at = 0; at < grey.size(); ++at)
        grey[at] = luma(&picture.pixels[at * 3]);
    resample(picture, PictureExam::kSide, PictureExam::kSide, Interpolation::Box);
    std::ranges::copy(picture.pixels, exam.small.begin());
    const bool flat = spread(exam).second < kFlat;
    exam.hash = flat ? mixSeed({std::uint64_t(exam.small[0] >> 2), std::uint64_t(exam.small[1] >> 2), std::uint64_t(exam.small[2] >> 2)})
                     : perceptualHash(grey);
}

} // namespace

std::uint64_t perceptualHash(const std::array<std::uint8_t, 1024> &grey)
{
    const auto &table = cosines();
    std::array<std::array<float, kHashed>, kFrequencies> rows{}; // by frequency along x, then y
    for (std::size_t u = 0; u < kFrequencies; ++u) {
        for (std::size_t y = 0; y < kHashed; ++y) {
            for (std::size_t x = 0; x < kHashed; ++x)
                rows[u][y] += table[u][x] * float(grey[y * kHashed + x]);
        }
    }
    std::array<float, std::size_t{kFrequencies} * kFrequencies> values{};
    for (std::size_t v = 0; v < kFrequencies; ++v) {
        for (std::size_t u = 0; u < kFrequencies; ++u) {
            for (std::size_t y = 0; y < kHashed; ++y)
                values[v * kFrequencies + u] += table[v][y] * rows[u][y];
        }
    }
    auto sorted = values;
    std::nth_element(sorted.begin() + 1, sorted.begin() + 32, sorted.end()); // the mean brightness, first, doesn't count
    std::uint64_t hash = 0;
    for (std::size_t bit = 0; bit < values.size(); ++bit)
        hash |= std::uint64_t(values[bit] > sorted[32]) << bit;
    return hash;
}

PictureExam examinePicture(const DataSource &source, std::int64_t sample)
{
    PictureExam exam;
    thread_local Picture picture;
    try {
        const std::string file = source.file(sample);
        if (const auto error = source.readInto(sample, DecodeHint{file.empty() ? 0 : 2 * kHashed}, picture)) {
            exam.problem = error->text;
            return exam;
        }
        takeSize(exam, file, picture);
        takeLook(exam, picture);
    } catch (const std::exception &error) {
        exam.problem = "'" + source.name(sample) + "' can't be examined (" + error.what() + ").";
    }
    return exam;
}

bool showTheSame(const PictureExam &one, const PictureExam &other)
{
    if (std::popcount(one.hash ^ other.hash) > kMostBits)
        return false;
    int off = 0;
    for (std::size_t at = 0; at < one.small.size(); ++at)
        off += std::abs(int(one.small[at]) - int(other.small[at]));
    const double mean = double(off) / double(one.small.size());
    return mean <= std::min(kMostOff, std::max(1.0, kMostOffShare * spread(one).second));
}

} // namespace netloom
