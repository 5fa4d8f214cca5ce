// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec hardswish()
{
    NodeSpec spec = activation("Hardswish", {"hard swish", "MobileNet", "piecewise"},
        "SiLU made of straight pieces and a parabola, which a phone computes fast: 0 below −3, the number itself above 3.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layerOf([](const std::vector<torch::Tensor> &in) { return torch::hardswish(in.at(0)); }); };
    return spec;
}

} // namespace netloom::nodes
