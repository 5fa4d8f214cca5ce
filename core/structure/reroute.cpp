// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"

namespace netloom::nodes {

NodeSpec reroute()
{
    return {
        .type = kRerouteType,
        .category = Category::Structure,
        .keywords = {"dot", "knot", "waypoint", "wire"},
        .doc = "A dot that leads a wire where you want it; changes nothing.",
        .inputs = {{.name = "input", .kind = PortKind::Any, .doc = "Any wire."}},
        .outputs = {{.name = "output", .kind = PortKind::Any, .doc = "The same again, as often as you like."}},
    };
}

} // namespace netloom::nodes
