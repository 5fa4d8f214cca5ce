// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/graph.h"

namespace netloom {

/// A fingerprint of the data that @p graph reads, which tells whether two runs learned from the same: names, sizes and times of pictures'
/// files, what a folder of packed files holds, a table's bytes; of drawn data its parameters. Takes a second for 100,000 files at most.
std::string dataPrintOf(const Graph &graph, const NodeRegistry &registry, const DataSource &source);

} // namespace netloom
