// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_nodes.h"
#include "layers/layer_nodes.h"

namespace netloom::test {

/// Every type that computes something, without the program's blocks.
inline NodeRegistry dataAndLayers()
{
    NodeRegistry registry;
    addDataNodes(registry);
    addLayerNodes(registry);
    return registry;
}

} // namespace netloom::test
