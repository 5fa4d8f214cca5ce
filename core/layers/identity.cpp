// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec identity()
{
    return {
        .type = "Identity",
        .category = Category::Shaping,
        .keywords = {"nothing", "pass", "placeholder", "skip connection"},
        .doc = "Gives its input as it is: a place to name a wire, or to keep free for a layer to come.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .infer = sameShape,
        .buildLayer = [](const Params &, const ShapeList &) { return layerOf([](const std::vector<torch::Tensor> &in) { return in.at(0); }); },
    };
}

} // namespace netloom::nodes
