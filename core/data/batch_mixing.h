// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/infer_shapes.h"

#include <memory>

namespace netloom {

class BatchTransform;

/// The graph's batch transforms (MixUp, CutMix), in order.
std::vector<std::shared_ptr<BatchTransform>> batchTransforms(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts);

/// The batches of @p batches, of which those for training go through batchTransforms().
/// What is drawn depends on the pass's seed and epoch and on the batch's place alone. Gives @p batches itself where the graph has none.
std::shared_ptr<BatchSource> mixBatches(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts,
    std::shared_ptr<BatchSource> batches);

} // namespace netloom
