// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace netloom {

/// What can be wrong with the data, the worst first.
enum class DataTrouble {
    Unreadable,
    Leak,      ///< the same picture is learned from and judged by
    TwoLabels, ///< the same picture is in two classes
    Duplicate,
    OddSize,
    OddShape,  ///< much wider or taller than the rest
    OddColour, ///< grey among colour, or the other way round
    Imbalance,
};

inline constexpr std::array kAllDataTroubles{DataTrouble::Unreadable, DataTrouble::Leak, DataTrouble::TwoLabels, DataTrouble::Duplicate,
    DataTrouble::OddSize, DataTrouble::OddShape, DataTrouble::OddColour, DataTrouble::Imbalance};

/// "unreadable", "leak", "two-labels", "duplicate", "odd-size", "odd-shape", "odd-colour", "imbalance"
constexpr std::string_view toString(DataTrouble trouble)
{
    constexpr std::array<std::string_view, kAllDataTroubles.size()> names{
        "unreadable", "leak", "two-labels", "duplicate", "odd-size", "odd-shape", "odd-colour", "imbalance"};
    return names[static_cast<std::size_t>(trouble)];
}

/// One thing that the data doctor found.
struct DataFinding {
    DataTrouble trouble = DataTrouble::Unreadable;
    std::string text;                 ///< a sentence for people: what, and what it does to learning
    std::vector<std::string> samples; ///< by DataSource::name()
    std::vector<std::string> exclude; ///< those of them whose exclusion mends it; empty where none is offered
    friend bool operator==(const DataFinding &, const DataFinding &) = default;
};

using DataFindings = std::vector<DataFinding>;

} // namespace netloom
