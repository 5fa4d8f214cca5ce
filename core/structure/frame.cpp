// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"

namespace netloom::nodes {

NodeSpec frame()
{
    return {
        .type = kFrameType,
        .category = Category::Structure,
        .keywords = {"comment", "note", "group", "region", "label"},
        .doc = "A titled area behind nodes. Moving it by its title moves what lies within.",
        .params = {
            ParamDecl::text("title", "Frame").doc("What the nodes in it do together."),
            ParamDecl::choice("color", "blue", {"blue", "green", "yellow", "orange", "pink", "violet", "grey"}).doc("The area's colour."),
            ParamDecl::real("width", 320).range(80, 100000).unit("px").doc("Width at 100 %."),
            ParamDecl::real("height", 200).range(60, 100000).unit("px").doc("Height at 100 %."),
        },
    };
}

} // namespace netloom::nodes
