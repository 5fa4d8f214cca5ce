// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <memory>
#include <mutex>

namespace netloom {

/// Held while layers are built: LibTorch draws initial weights from one generator for the whole program.
std::mutex &initialWeightsMutex();

/// Builds a layer whose weights start from what its parameter "init" says. Throws what LibTorch throws.
std::shared_ptr<Layer> buildLayer(const NodeSpec &spec, const Params &params, const ShapeList &in);

/// Builds a layer whose initial weights depend on @p seed alone. The generator is left as it was, so that a training
/// elsewhere draws the same numbers as without. Throws what LibTorch throws.
std::shared_ptr<Layer> buildSeededLayer(const NodeSpec &spec, const Params &params, const ShapeList &in, std::uint64_t seed);

} // namespace netloom
