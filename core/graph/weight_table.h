// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/shape.h"

#include <algorithm>
#include <string>
#include <vector>

namespace netloom {

/// How a tensor of a network and those of a file of weights go together.
enum class WeightFit {
    Taken,      ///< name and shape are the same
    Missing,    ///< the file has none of this name
    OtherShape, ///< the file's has another shape
    Unused,     ///< the network has none of this name
};

struct WeightRow {
    std::string name; ///< "conv1.weight"; of an unused one the file's own name
    WeightFit fit = WeightFit::Taken;
    Shape wanted; ///< the network's; empty where it has none
    Shape found;  ///< the file's; empty where it has none
    friend bool operator==(const WeightRow &, const WeightRow &) = default;
};

/// What of a file's weights a network takes: the network's tensors in data-flow order, then those that are left over.
struct WeightTable {
    std::vector<WeightRow> rows;

    std::int64_t count(WeightFit fit) const { return std::ranges::count(rows, fit, &WeightRow::fit); }
    /// "12 of 14 tensors taken, 1 missing, 1 of another shape, 3 unused"
    std::string summary() const;
};

/// "taken", "missing", "other shape", "unused"
std::string toString(WeightFit fit);

} // namespace netloom
