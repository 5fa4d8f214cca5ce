// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec mish()
{
    NodeSpec spec = activation("Mish", {"smooth", "YOLO"},
        "Multiplies each number by the tanh of its softplus: a smooth ReLU, much like SiLU.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::Mish()); };
    return spec;
}

} // namespace netloom::nodes
