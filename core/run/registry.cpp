// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/registry.h"

#include "data/data_nodes.h"
#include "layers/layer_nodes.h"
#include "project/block_library.h"
#include "structure/structure_nodes.h"

namespace netloom {

NodeRegistry fullRegistry()
{
    NodeRegistry registry;
    addDataNodes(registry);
    addLayerNodes(registry);
    addStructureNodes(registry);
    addLibraryBlocks(registry);
    return registry;
}

} // namespace netloom
