// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"

namespace netloom::nodes {

NodeSpec block_output()
{
    return {
        .type = kBlockOutputType,
        .category = Category::Structure,
        .keywords = {"port", "outlet", "exit"},
        .doc = "An output of the block that it is in, under its own name. Higher ones come first.",
        .inputs = {{.name = "input", .kind = PortKind::Any, .doc = "What the block gives here."}},
    };
}

} // namespace netloom::nodes
