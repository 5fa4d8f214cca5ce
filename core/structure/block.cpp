// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"

namespace netloom::nodes {

NodeSpec block()
{
    return {
        .type = kBlockType,
        .category = Category::Structure,
        .keywords = {"group", "subgraph", "module", "Sequential", "repeat", "nested"},
        .doc = "Holds a piece of network as one node. Enter it with a double click; its BlockInput and BlockOutput nodes are its ports.",
        .params = {ParamDecl::integer(kRepeatParam, 1).range(1, 64).doc(
            "How many copies follow one another, each with weights of its own.")},
    };
}

} // namespace netloom::nodes
