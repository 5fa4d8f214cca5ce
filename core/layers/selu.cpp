// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec selu()
{
    NodeSpec spec = activation("SELU", {"scaled exponential linear unit", "self-normalizing", "AlphaDropout"},
        "An ELU scaled so that numbers keep mean 0 and spread 1 from layer to layer, without batch norm. Goes with AlphaDropout.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::SELU()); };
    return spec;
}

} // namespace netloom::nodes
