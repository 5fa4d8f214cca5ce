// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec relu6()
{
    return {
        .type = "ReLU6",
        .category = Category::Activation,
        .keywords = {"activation", "rectifier", "nonlinearity", "clipped", "MobileNet"},
        .doc = "Turns negative numbers into 0 and numbers above 6 into 6. Made for small networks on phones, which compute with few digits.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .infer = sameShape,
        .buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::ReLU6()); },
    };
}

} // namespace netloom::nodes
