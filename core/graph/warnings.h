// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/infer_shapes.h"

namespace netloom {

/// What works but learns badly, or not on this machine: a table of rules over a graph and its inferred shapes. inferShapes() adds them to
/// its issues.
Issues warningsOf(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Inference &inference, const MemoryBudget &budget);

/// Bytes that a training step takes, roughly: every output forward and backward for a batch, every parameter with its gradient and the
/// optimizer's two memories, at 4 bytes each.
double trainingBytes(const Inference &inference, std::int64_t batchSize);

} // namespace netloom
