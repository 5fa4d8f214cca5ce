// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/infer_shapes.h"

#include <functional>

namespace netloom {

/// Mean and standard deviation of each channel over pixels of the training pictures, as Normalize takes them.
struct ChannelStatistics {
    std::vector<double> mean;
    std::vector<double> deviation; ///< dividing by the count; at least 1e-6
    std::int64_t samples = 0;      ///< that were measured; unreadable ones aren't
};

/// Measures what comes to the node @p normalize while nothing is random, over @p most training samples at most, spread evenly over all.
/// @p goOn is told how many are done of how many and says whether to go on; without it the error is empty.
/// The error names what doesn't fit or that nothing can be read.
Result<ChannelStatistics> measureChannels(const Graph &graph, const NodeRegistry &registry, const DataSource &source, NodeId normalize,
    std::int64_t most, const std::function<bool(std::int64_t done, std::int64_t total)> &goOn = {});

} // namespace netloom
