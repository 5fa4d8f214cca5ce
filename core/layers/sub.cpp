// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/joining.h"

namespace netloom::nodes {

NodeSpec sub()
{
    NodeSpec spec = elementwise("Sub", {"subtract", "minus", "difference", "compare"},
        "Subtracts 'other' from 'input', number by number, for example to compare two branches.", "subtracts");
    spec.inputs = {{.name = "input", .doc = "What is subtracted from."},
        {.name = "other", .doc = "What is subtracted: of equal shape, or of size 1 where they differ."}};
    spec.buildLayer = [](const Params &, const ShapeList &) {
        return layerOf([](const std::vector<torch::Tensor> &in) { return in.at(0) - in.at(1); });
    };
    return spec;
}

} // namespace netloom::nodes
