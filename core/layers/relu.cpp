// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec relu()
{
    return {
        .type = "ReLU",
        .category = Category::Activation,
        .keywords = {"activation", "rectifier", "nonlinearity", "threshold"},
        .doc = "Turns negative numbers into 0 and keeps the others. Without such a bend, stacked layers would be one straight line.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .infer = sameShape,
        .buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::ReLU()); },
    };
}

} // namespace netloom::nodes
