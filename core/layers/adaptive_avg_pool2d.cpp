// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec adaptive_avg_pool2d()
{
    return {
        .type = "AdaptiveAvgPool2d",
        .category = Category::Pooling,
        .keywords = {"global average pooling", "GAP", "mean", "resize"},
        .doc = "Takes means so that the output has the size you ask for, whatever the input's size. Size 1 gives one number for each channel.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::pair("output_size", 1).range(1, 4096).unit("px").doc("Height and width that come out.")},
        .infer = [](const InferInput &input) -> InferResult {
            if (auto misfit = needsPictures(input))
                return *misfit;
            const auto size = input.params.pair("output_size");
            return oneOutput({Shape::kBatch, input.in.at(0)[1], size[0], size[1]});
        },
        .explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
            const Shape &out = inferred.outputs.at(0);
            return {asInputLine("channels", out[1]), setByLine("height", "output_size", out[2]), setByLine("width", "output_size", out[3])};
        },
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            const auto size = params.pair("output_size");
            if (in.at(0)[2] == size[0] && in[0][3] == size[1]) // every mean is of one number
                return layerOf([](const std::vector<torch::Tensor> &input) { return input.at(0); });
            return layer(torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({size[0], size[1]})));
        },
    };
}

} // namespace netloom::nodes
