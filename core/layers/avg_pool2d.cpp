// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

Window avgPoolWindow(const Params &params)
{
    Window window = poolingWindow(params);
    window.ceilMode = params.flag("ceil_mode");
    return window;
}

InferResult inferAvgPool2d(const InferInput &input)
{
    return inferPooling(input, avgPoolWindow(input.params));
}

std::shared_ptr<Layer> buildAvgPool2d(const Params &params, const ShapeList &)
{
    const Window window = avgPoolWindow(params);
    return layer(torch::nn::AvgPool2d(torch::nn::AvgPool2dOptions({window.kernel[0], window.kernel[1]})
            .stride({window.stride[0], window.stride[1]})
            .padding({window.padding[0], window.padding[1]})
            .ceil_mode(window.ceilMode)
            .count_include_pad(params.flag("count_include_pad"))));
}

} // namespace

NodeSpec avg_pool2d()
{
    std::vector<ParamDecl> params = poolingParams();
    params.push_back(ParamDecl::flag("ceil_mode", false).doc("Keeps a last window that reaches over the edge instead of dropping it."));
    params.push_back(ParamDecl::flag("count_include_pad", true).doc("Counts the zeros of the padding in the mean."));
    return {
        .type = "AvgPool2d",
        .category = Category::Pooling,
        .keywords = {"average pooling", "mean", "downsample", "shrink", "subsample"},
        .doc = "Takes the mean of every window: the picture shrinks and gets smoother.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = std::move(params),
        .infer = inferAvgPool2d,
        .explain = [](const InferInput &input, const Inferred &inferred) { return explainPooling(input, avgPoolWindow(input.params), inferred); },
        .buildLayer = buildAvgPool2d,
    };
}

} // namespace netloom::nodes
