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
    spec.buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
        const auto size = params.pair("output_size");
        if (in.at(0)[2] == size[0] && in[0][3] == size[1]) // every mean is of one number
            return layerOf([](const std::vector<torch::Tensor> &input) { return input.at(0); });
        return layer(torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({size[0], size[1]})));
    };
    return spec;
}

} // namespace netloom::nodes
