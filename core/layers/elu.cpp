// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec elu()
{
    NodeSpec spec = activation("ELU", {"exponential linear unit", "smooth"},
        "Keeps positive numbers; negative ones bend smoothly towards −alpha, so that the mean stays near 0.");
    spec.params = {
        ParamDecl::real("alpha", 1).range(0, 100).doc("What very negative numbers come to, with a minus before it."),
    };
    spec.buildLayer = [](const Params &params, const ShapeList &) { return layer(torch::nn::ELU(torch::nn::ELUOptions().alpha(params.real("alpha")))); };
    return spec;
}

} // namespace netloom::nodes
