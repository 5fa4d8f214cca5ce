// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec sigmoid()
{
    return {
        .type = "Sigmoid",
        .category = Category::Activation,
        .keywords = {"activation", "logistic", "squash", "probability"},
        .doc = "Squeezes every number into 0 to 1. Use it inside a network; BCEWithLogitsLoss already contains one for the output.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .infer = sameShape,
        .buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::Sigmoid()); },
    };
}

} // namespace netloom::nodes
