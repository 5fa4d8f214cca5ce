// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/pooling.h"

#include "graph/explain.h"

namespace netloom {

namespace {

/// A padding of more than half the kernel is a misfit.
InferResult inferPooling(const InferInput &input, std::size_t axes)
{
    if (auto misfit = needsAxes(input, axes))
        return *misfit;
    const Window window = poolingWindow(input.params, axes);
    for (std::size_t axis = 0; axis < axes; ++axis) {
        if (window.padding[axis] > window.kernel[axis] / 2)
            return Misfit{"padding-too-large",
                "has padding " + sizeText(window.padding) + ", more than half of its kernel " + sizeText(window.kernel), "use a smaller padding"};
    }
    const Shape &in = input.in.at(0);
    const auto positions = windowPositions(window, in);
    if (const auto *misfit = std::get_if<Misfit>(&positions))
        return *misfit;
    return oneOutput(windowShape(in[1], std::get<AxisSizes>(positions)));
}

} // namespace

Window poolingWindow(const Params &params, std::size_t axes)
{
    Window window(axes);
    window.kernel = windowSizes(params, "kernel_size", axes);
    window.padding = windowSizes(params, "padding", axes);
    window.stride = params.keyword("stride").empty() ? windowSizes(params, "stride", axes) : window.kernel;
    if (params.has("dilation"))
        window.dilation = windowSizes(params, "dilation", axes);
    window.ceilMode = params.flag("ceil_mode");
    return window;
}

NodeSpec pooling(std::size_t axes)
{
    const bool pictures = axes == 2;
    const std::string unit = pictures ? "px" : "";
    return {
        .category = Category::Pooling,
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            windowSize(axes, "kernel_size", 2).range(1, 4096).unit(unit).doc(pictures ? "Height and width of the window." : "Length of the window."),
            windowSizeOr(axes, "stride", std::string("kernel_size"), {"kernel_size"}).range(1, 4096).unit(unit).doc(
                "How far the window moves each time; \"kernel_size\" puts the windows side by side."),
            windowSize(axes, "padding", 0).range(0, 2048).unit(unit).doc("Border added on every side, at most half of the window."),
            ParamDecl::flag("ceil_mode", false).doc("Keeps a last window that reaches over the edge instead of dropping it."),
        },
        .infer = [axes](const InferInput &input) { return inferPooling(input, axes); },
        .explain = [axes](const InferInput &input, const Inferred &inferred) {
            const Shape &out = inferred.outputs.at(0);
            std::vector<std::string> lines = explainWindow(poolingWindow(input.params, axes), input.in.at(0), out);
            lines.insert(lines.begin(), asInputLine(axisName(out, 1), out[1]));
            return lines;
        },
    };
}

NodeSpec adaptivePooling()
{
    return {
        .category = Category::Pooling,
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
    };
}

} // namespace netloom
