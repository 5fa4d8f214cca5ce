// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/joining.h"

namespace netloom::nodes {

NodeSpec mul()
{
    NodeSpec spec = elementwise("Mul", {"multiply", "times", "product", "gate", "attention"},
        "Multiplies its inputs number by number: one of them can open and close the other like a gate.", "multiplies");
    spec.buildLayer = [](const Params &, const ShapeList &) {
        return layerOf([](const std::vector<torch::Tensor> &in) {
            torch::Tensor product = in.at(0) * in.at(1);
            for (std::size_t index = 2; index < in.size(); ++index)
                product = product * in[index];
            return product;
        });
    };
    return spec;
}

} // namespace netloom::nodes
