// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace netloom {

/// How often class r was taken for class c: counts[r * classes + c], rows are the truth.
struct ConfusionMatrix {
    std::int64_t classes = 0;
    std::vector<std::int64_t> counts;

    explicit ConfusionMatrix(std::int64_t classCount = 0)
        : classes(classCount), counts(static_cast<std::size_t>(classCount * classCount)) {}
    void add(std::int64_t truth, std::int64_t predicted) { ++counts[static_cast<std::size_t>(truth * classes + predicted)]; }
    std::int64_t at(std::int64_t truth, std::int64_t predicted) const { return counts[static_cast<std::size_t>(truth * classes + predicted)]; }
    friend bool operator==(const ConfusionMatrix &, const ConfusionMatrix &) = default;
};

} // namespace netloom
