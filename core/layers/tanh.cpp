// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec tanh()
{
    NodeSpec spec = activation("Tanh", {"hyperbolic tangent", "squash", "recurrent"},
        "Squeezes every number into -1 to 1, with 0 staying 0.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::Tanh()); };
    return spec;
}

} // namespace netloom::nodes
