// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec adaptive_max_pool2d()
{
    NodeSpec spec = adaptivePooling();
    spec.type = "AdaptiveMaxPool2d";
    spec.keywords = {"global max pooling", "GMP", "largest", "resize"};
    spec.doc = "Keeps the largest values so that the output has the size you ask for, whatever the input's size. Size 1 gives one number for each channel.";
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const auto size = params.pair("output_size");
        return layer(torch::nn::AdaptiveMaxPool2d(torch::nn::AdaptiveMaxPool2dOptions({size[0], size[1]})));
    };
    return spec;
}

} // namespace netloom::nodes
