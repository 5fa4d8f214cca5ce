// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

Window maxPoolWindow(const Params &params)
{
    Window window = poolingWindow(params);
    window.dilation = params.pair("dilation");
    window.ceilMode = params.flag("ceil_mode");
    return window;
}

InferResult inferMaxPool2d(const InferInput &input)
{
    return inferPooling(input, maxPoolWindow(input.params));
}

std::shared_ptr<Layer> buildMaxPool2d(const Params &params, const ShapeList &)
{
    const Window window = maxPoolWindow(params);
    return layer(torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions({window.kernel[0], window.kernel[1]})
            .stride({window.stride[0], window.stride[1]})
            .padding({window.padding[0], window.padding[1]})
            .dilation({window.dilation[0], window.dilation[1]})
            .ceil_mode(window.ceilMode)));
}

} // namespace

NodeSpec max_pool2d()
{
    std::vector<ParamDecl> params = poolingParams();
    params.push_back(ParamDecl::pair("dilation", 1).range(1, 4096).unit("px").doc("Distance between the points of the window."));
    params.push_back(ParamDecl::flag("ceil_mode", false).doc("Keeps a last window that reaches over the edge instead of dropping it."));
    return {
        .type = "MaxPool2d",
        .category = Category::Pooling,
        .keywords = {"max pooling", "downsample", "shrink", "subsample"},
        .doc = "Keeps the largest value in every window: the picture shrinks, and what was found stays.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = std::move(params),
        .infer = inferMaxPool2d,
        .explain = [](const InferInput &input, const Inferred &inferred) { return explainPooling(input, maxPoolWindow(input.params), inferred); },
        .buildLayer = buildMaxPool2d,
    };
}

} // namespace netloom::nodes
