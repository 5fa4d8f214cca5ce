// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec sigmoid()
{
    NodeSpec spec = activation("Sigmoid", {"logistic", "squash", "probability"},
        "Squeezes every number into 0 to 1. Use it inside a network; BCEWithLogitsLoss already contains one for the output.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::Sigmoid()); };
    return spec;
}

} // namespace netloom::nodes
