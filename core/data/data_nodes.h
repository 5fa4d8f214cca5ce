// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"

namespace netloom {

/// Adds every data source and transform, in the order of the list in data/CMakeLists.txt.
void addDataNodes(NodeRegistry &registry);

} // namespace netloom
