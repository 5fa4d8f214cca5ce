// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"

#include <array>
#include <cstdint>
#include <string>

namespace netloom {

/// What is kept of a picture to compare it with all others: about half a kilobyte.
struct PictureExam {
    static constexpr int kSide = 12; ///< px of the small copy

    std::string problem;      ///< why it can't be read; "" when it can
    std::int32_t width = 0;   ///< px, upright
    std::int32_t height = 0;  ///< px
    bool grey = false;        ///< shows no colour, however it is stored
    std::uint64_t hash = 0;   ///< perceptual: few bits differ between copies of other size or compression
    std::array<std::uint8_t, std::size_t{kSide} * kSide * 3> small{}; ///< RGB
};

/// Decodes one picture, JPEG at reduced scale. Safe to call from several threads.
PictureExam examinePicture(const DataSource &source, std::int64_t sample);

/// The pHash of 32×32 grey values: one bit for each of the 64 lowest frequencies of the cosine transform, set where it is above the
/// median. After Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010.
std::uint64_t perceptualHash(const std::array<std::uint8_t, 1024> &grey);

/// True when both show the same picture, but for its size and compression.
bool showTheSame(const PictureExam &one, const PictureExam &other);

} // namespace netloom
