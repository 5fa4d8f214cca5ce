// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec silu()
{
    NodeSpec spec = activation("SiLU", {"Swish", "sigmoid linear unit", "EfficientNet", "smooth"},
        "Multiplies each number by its sigmoid: a smooth ReLU that dips a little below 0. Also called Swish.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::SiLU()); };
    return spec;
}

} // namespace netloom::nodes
