// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/padding.h"

namespace netloom::nodes {

NodeSpec reflection_pad2d()
{
    NodeSpec spec = paddingLayer(true);
    spec.type = "ReflectionPad2d";
    spec.keywords = {"border", "padding", "mirror", "edge"};
    spec.doc = "Puts a border around pictures that mirrors what is inside, so that no dark edge appears as with zeros.";
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const auto border = borders(params);
        return layer(torch::nn::ReflectionPad2d(torch::nn::ReflectionPad2dOptions({border[0], border[1], border[2], border[3]})));
    };
    return spec;
}

} // namespace netloom::nodes
