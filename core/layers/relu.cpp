// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec relu()
{
    NodeSpec spec = activation("ReLU", {"rectifier", "threshold"},
        "Turns negative numbers into 0 and keeps the others. Without such a bend, stacked layers would be one straight line.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::ReLU()); };
    return spec;
}

} // namespace netloom::nodes
