// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/shape.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace netloom {

/// What a look at the data found out; nothing is known before a look, and the graph can be edited all the same.
struct SourceFacts {
    bool known = false;
    std::int64_t channels = Shape::kUnknown;
    std::int64_t height = Shape::kUnknown; ///< px; kUnknown where pictures differ
    std::int64_t width = Shape::kUnknown;  ///< px
    std::vector<std::string> classNames;   ///< index = class label
    std::map<std::string, std::vector<std::int64_t>> counts; ///< split ("train", "val", "test") → pictures per class
    std::string problem;                   ///< why the data couldn't be opened, naming the source node, cause and mend; "" when it could
    std::vector<std::string> warnings;     ///< sentences: what was left out or looks odd, and how to mend it

    std::int64_t classCount() const { return static_cast<std::int64_t>(classNames.size()); }
    std::int64_t total(const std::string &split) const;
    friend bool operator==(const SourceFacts &, const SourceFacts &) = default;
};

} // namespace netloom
