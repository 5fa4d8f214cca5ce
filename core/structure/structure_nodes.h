// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"

namespace netloom {

/// Adds blocks and their ports, dots and frames, in the order of the list in graph/CMakeLists.txt.
void addStructureNodes(NodeRegistry &registry);

} // namespace netloom
