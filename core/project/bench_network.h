// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

namespace netloom {

/// A network of 1,000 nodes and 1,500 wires, always the same, for measuring: four towers of residual, dense and plain parts side by side, an
/// Inception module behind them, and blocks. Every shape is known; it has no data folder.
Graph benchNetwork(const NodeRegistry &registry);

} // namespace netloom
