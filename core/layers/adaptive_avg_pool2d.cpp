// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec adaptive_avg_pool2d()
{
    NodeSpec spec = adaptivePooling();
    spec.type = "AdaptiveAvgPool2d";
    spec.keywords = {"global average pooling", "GAP", "mean", "resize"};
    spec.doc = "Takes means so that the output has the size you ask for, whatever the input's size. Size 1 gives one number for each channel.";
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const auto size = params.pair("output_size");
        return layer(torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({size[0], size[1]})));
    };
    return spec;
}

} // namespace netloom::nodes
