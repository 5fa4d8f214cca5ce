// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec softmax()
{
    NodeSpec spec = activationAlongAxis("Softmax", {"probability", "normalize", "attention"},
        "Turns scores into shares that are positive and add up to 1. Leave it out before CrossEntropyLoss, which already contains one.",
        "The axis whose numbers add up to 1; 1 is the axis of classes or channels.");
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        return layer(torch::nn::Softmax(torch::nn::SoftmaxOptions(params.integer("dim"))));
    };
    return spec;
}

} // namespace netloom::nodes
