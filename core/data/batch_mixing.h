// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/infer_shapes.h"

#include <memory>

namespace netloom {

/// The batches of @p batches, of which those for training go through the graph's batch transforms (MixUp, CutMix), in order.
/// What is drawn depends on the pass's seed and epoch and on the batch's place alone. Gives @p batches itself where the graph has none.
std::shared_ptr<BatchSource> mixBatches(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts,
    std::shared_ptr<BatchSource> batches);

} // namespace netloom
