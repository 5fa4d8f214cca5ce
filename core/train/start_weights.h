// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/source_facts.h"
#include "graph/weight_table.h"

#include <filesystem>

namespace netloom {

/// What a training of @p graph would take of the weights at @p path (see the recipe's start_from). The error says why it can't be told: the
/// weights can't be read, or the network can't be built. No LibTorch type shows here.
Result<WeightTable> startWeights(const NodeRegistry &registry, const Graph &graph, const SourceFacts &facts, const std::filesystem::path &path);

} // namespace netloom
