// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"

namespace netloom {

/// Adds every layer and loss, in the order of the list in layers/CMakeLists.txt.
void addLayerNodes(NodeRegistry &registry);

} // namespace netloom
