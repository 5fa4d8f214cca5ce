// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec dropout()
{
    return {
        .type = "Dropout",
        .category = Category::Regularization,
        .keywords = {"drop", "regularize", "overfitting", "noise"},
        .doc = "Zeroes each number with probability p while training, so that the network can't lean on single ones; does nothing afterwards.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::real("p", 0.5).range(0, 1).doc("Probability of zeroing a number.")},
        .infer = sameShape,
        .buildLayer = [](const Params &params, const ShapeList &) { return layer(torch::nn::Dropout(params.real("p"))); },
    };
}

} // namespace netloom::nodes
