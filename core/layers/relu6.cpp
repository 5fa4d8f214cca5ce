// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom::nodes {

NodeSpec relu6()
{
    NodeSpec spec = activation("ReLU6", {"rectifier", "clipped", "MobileNet"},
        "Turns negative numbers into 0 and numbers above 6 into 6. Made for small networks on phones, which compute with few digits.");
    spec.buildLayer = [](const Params &, const ShapeList &) { return layer(torch::nn::ReLU6()); };
    return spec;
}

} // namespace netloom::nodes
