// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace netloom {

/// The probabilities of every class for every sample. Up to 32 million of them as they are; more in two bytes each, which tells
/// probabilities p apart whose odds p / (1 - p) differ by 0.1 %: 100,000 samples of 1,000 classes take 200 MB.
class ProbabilityTable {
public:
    static constexpr std::int64_t kMostExact = 32'000'000;

    /// @p expected: how many samples will come, about.
    explicit ProbabilityTable(std::int64_t classes = 0, std::int64_t expected = 0, std::int64_t mostExact = kMostExact);

    void add(std::span<const float> probabilities);
    std::int64_t classes() const { return m_classes; }
    float at(std::size_t row, std::int64_t label) const;
    std::vector<float> row(std::size_t row) const;

private:
    std::int64_t m_classes;
    bool m_exact;
    std::vector<float> m_probabilities;   ///< samples × classes, where exact
    std::vector<std::uint16_t> m_codes;   ///< else
};

} // namespace netloom
