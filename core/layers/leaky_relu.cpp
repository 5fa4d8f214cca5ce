// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec leaky_relu()
{
    NodeSpec spec = activation("LeakyReLU", {"rectifier", "leak", "GAN"},
        "Keeps positive numbers and shrinks negative ones to a small slope, so that no neuron falls silent for good as with ReLU.");
    spec.params = {
        ParamDecl::real("negative_slope", 0.01).range(0, 1).doc("By how much negative numbers are multiplied."),
    };
    spec.buildLayer = [](const Params &params, const ShapeList &) { return layer(torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(params.real("negative_slope")))); };
    return spec;
}

} // namespace netloom::nodes
