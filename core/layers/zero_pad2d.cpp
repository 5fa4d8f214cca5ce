// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/padding.h"

namespace netloom::nodes {

NodeSpec zero_pad2d()
{
    NodeSpec spec = paddingLayer(false);
    spec.type = "ZeroPad2d";
    spec.keywords = {"border", "padding", "frame", "zeros"};
    spec.doc = "Puts a border of zeros around pictures, for layers that would shrink them.";
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const auto border = borders(params);
        return layer(torch::nn::ZeroPad2d(torch::nn::ZeroPad2dOptions({border[0], border[1], border[2], border[3]})));
    };
    return spec;
}

} // namespace netloom::nodes
