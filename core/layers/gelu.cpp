// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec gelu()
{
    NodeSpec spec = activation("GELU", {"Gaussian error linear unit", "transformer", "BERT", "smooth"},
        "Multiplies each number by the chance that a normally distributed one is smaller: a smooth ReLU, which transformers use.");
    spec.params = {
        ParamDecl::choice("approximate", "none", {"none", "tanh"}).doc("tanh is a little faster and differs by less than 0.001."),
    };
    spec.buildLayer = [](const Params &params, const ShapeList &) { return layer(torch::nn::GELU(torch::nn::GELUOptions().approximate(params.text("approximate")))); };
    return spec;
}

} // namespace netloom::nodes
