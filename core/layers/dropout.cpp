// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/dropout_layer.h"

namespace netloom::nodes {

NodeSpec dropout()
{
    NodeSpec spec = dropoutSpec("Dropout", {"drop", "regularize", "overfitting", "noise"},
        "Zeroes each number with probability p while training, so that the network can't lean on single ones; does nothing afterwards.");
    spec.buildLayer = [](const Params &params, const ShapeList &) -> std::shared_ptr<Layer> {
        return std::make_shared<DropoutLayer<torch::nn::Dropout>>(params.real("p"),
            [](const torch::Tensor &input, double p, DropoutRandom &random) { return random.dropped(input, p); });
    };
    return spec;
}

} // namespace netloom::nodes
