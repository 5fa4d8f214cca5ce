// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/graph.h"

#include <string>
#include <vector>

namespace netloom {

/// What the network gets to see of a sample in one training step, as a picture.
struct AugmentedPicture {
    std::int64_t sample = 0;
    Picture picture;     ///< RGB; empty where it failed
    std::string problem; ///< why; "" where all is well
    std::vector<float> shares; ///< of the classes, where a batch transform mixed; else empty
};

/// A batch as in training: @p count random samples of the training split without those of the names @p excluded, each through the
/// transforms of @p graph with their random choices drawn from @p seed, then mixed where the graph has MixUp or CutMix. Normalize is left
/// out, since its numbers are no colours. The error names the node that doesn't fit.
Result<std::vector<AugmentedPicture>> augmentedPictures(const Graph &graph, const NodeRegistry &registry, const DataSource &source,
    const std::vector<std::string> &excluded, int count, std::uint64_t seed);

} // namespace netloom
