// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec tanh()
{
    return {
        .type = "Tanh",
        .category = Category::Activation,
        .keywords = {"activation", "hyperbolic tangent", "squash"},
        .doc = "Squeezes every number into -1 to 1, with 0 staying 0.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .infer = sameShape,
        .buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::Tanh()); },
    };
}

} // namespace netloom::nodes
