// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec softplus()
{
    NodeSpec spec = activation("Softplus", {"smooth", "positive", "log exp"},
        "A smooth ReLU that is always above 0: ln(1 + eˣ). Useful where a result must be positive.");
    spec.params = {
        ParamDecl::real("beta", 1).range(0.001, 1000).doc("How sharp the bend is; a large one comes close to ReLU."),
        ParamDecl::real("threshold", 20).range(0, 1000).doc("From this input times beta on it is taken as a straight line."),
    };
    spec.buildLayer = [](const Params &params, const ShapeList &) { return layer(torch::nn::Softplus(torch::nn::SoftplusOptions().beta(params.real("beta")).threshold(params.real("threshold")))); };
    return spec;
}

} // namespace netloom::nodes
