// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"

namespace netloom::nodes {

NodeSpec block_input()
{
    return {
        .type = kBlockInputType,
        .category = Category::Structure,
        .keywords = {"port", "inlet", "entry"},
        .doc = "An input of the block that it is in, under its own name. Higher ones come first.",
        .outputs = {{.name = "output", .kind = PortKind::Any, .doc = "What the block gets here."}},
    };
}

} // namespace netloom::nodes
