// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec log_softmax()
{
    NodeSpec spec = activationAlongAxis("LogSoftmax", {"log probability", "normalize", "NLLLoss"},
        "The logarithm of Softmax, computed without loss of digits. NLLLoss wants it as its input.",
        "The axis whose shares add up to 1; 1 is the axis of classes or channels.");
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        return layer(torch::nn::LogSoftmax(torch::nn::LogSoftmaxOptions(params.integer("dim"))));
    };
    return spec;
}

} // namespace netloom::nodes
