// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec softmax()
{
    return {
        .type = "Softmax",
        .category = Category::Activation,
        .keywords = {"activation", "probability", "normalize", "attention"},
        .doc = "Turns scores into shares that are positive and add up to 1. Leave it out before CrossEntropyLoss, which already contains one.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::integer("dim", 1).range(-8, 8).doc("The axis whose numbers add up to 1; 1 is the axis of classes or channels.")},
        .infer = [](const InferInput &input) -> InferResult {
            const std::int64_t dim = input.params.integer("dim");
            if (axisIndex(dim, input.in.at(0).rank()).value_or(0) == 0)
                return badAxis("dim", dim, input.in.at(0));
            return sameShape(input);
        },
        .buildLayer = [](const Params &params, const ShapeList &) {
            return layer(torch::nn::Softmax(torch::nn::SoftmaxOptions(params.integer("dim"))));
        },
    };
}

} // namespace netloom::nodes
