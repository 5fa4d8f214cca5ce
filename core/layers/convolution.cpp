// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/convolution.h"

#include "graph/explain.h"

#include <algorithm>

namespace netloom {

namespace {

InferResult inferConvolution(const InferInput &input, std::size_t axes)
{
    if (auto misfit = needsAxes(input, axes))
        return *misfit;
    const Shape &in = input.in.at(0);
    if (auto misfit = groupsFit(input.params, in[1]))
        return *misfit;
    const Window window = convolutionWindow(input.params, axes);
    AxisSizes size(in.dims().begin() + 2, in.dims().end());
    if (input.params.keyword("padding") == "same") {
        if (window.stride != AxisSizes(axes, 1))
            return Misfit{"same-with-stride", "has padding \"same\" together with stride " + sizeText(window.stride),
                "set stride to 1, or give padding as a number"};
    } else {
        const auto positions = windowPositions(window, in);
        if (const auto *misfit = std::get_if<Misfit>(&positions))
            return *misfit;
        size = std::get<AxisSizes>(positions);
    }
    const std::int64_t outChannels = input.params.integer("out_channels");
    auto weights = product({outChannels, in[1] / input.params.integer("groups")});
    for (const std::int64_t side : window.kernel)
        weights = weights ? product({*weights, side}) : weights;
    auto steps = weights;
    for (const std::int64_t side : size)
        steps = steps ? product({*steps, side}) : steps;
    const Shape out = windowShape(outChannels, size);
    if (!weights)
        return oneOutput(out, weights);
    return oneOutput(out, *weights + (input.params.flag("bias") ? outChannels : 0), steps);
}

std::vector<std::string> explainConvolution(const InferInput &input, const Inferred &inferred, std::size_t axes)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const Window window = convolutionWindow(input.params, axes);
    std::vector<std::string> lines{setByLine(axisName(out, 1), "out_channels", out[1])};
    if (input.params.keyword("padding") == "same") {
        for (std::size_t axis = 2; axis < out.rank(); ++axis)
            lines.push_back(axisName(out, axis) + ": kept by padding \"same\", " + sizeOrUnknown(out[axis]));
    } else {
        std::ranges::copy(explainWindow(window, in, out), std::back_inserter(lines));
    }
    const auto [weights, all] = countedWeights(input.params, out[1], in[1], window.kernel);
    lines.push_back(formulaLine("parameters", all, inferred.parameters));
    std::string steps = weights;
    for (std::size_t axis = 2; axis < out.rank(); ++axis)
        steps += "·" + std::to_string(out[axis]);
    if (out.known())
        lines.push_back(formulaLine("multiply-adds", steps, inferred.multiplyAdds));
    return lines;
}

} // namespace

Window convolutionWindow(const Params &params, std::size_t axes)
{
    Window window(axes);
    window.kernel = windowSizes(params, "kernel_size", axes);
    window.stride = windowSizes(params, "stride", axes);
    window.dilation = windowSizes(params, "dilation", axes);
    if (params.keyword("padding").empty())
        window.padding = windowSizes(params, "padding", axes);
    return window;
}

std::optional<Misfit> groupsFit(const Params &params, std::int64_t channels)
{
    const std::int64_t groups = params.integer("groups");
    const std::int64_t outChannels = params.integer("out_channels");
    if (channels % groups != 0)
        return Misfit{"groups", "has " + std::to_string(groups) + " groups, which do not divide its " + std::to_string(channels)
                + " input channels", "set groups to 1 or to a divisor of " + std::to_string(channels)};
    if (outChannels % groups != 0)
        return Misfit{"groups", "has " + std::to_string(groups) + " groups, which do not divide its out_channels "
                + std::to_string(outChannels), "set out_channels to a multiple of " + std::to_string(groups)};
    return std::nullopt;
}

ConvolutionWeights countedWeights(const Params &params, std::int64_t first, std::int64_t grouped, const AxisSizes &kernel)
{
    const std::int64_t groups = params.integer("groups");
    std::string weights = std::to_string(first) + "·";
    weights += groups == 1 ? std::to_string(grouped) : "(" + std::to_string(grouped) + "/" + std::to_string(groups) + ")";
    for (const std::int64_t side : kernel)
        weights += "·" + std::to_string(side);
    const std::string biases = params.flag("bias") ? " + " + std::to_string(params.integer("out_channels")) + " biases" : "";
    return {weights, weights + " weights" + biases};
}

NodeSpec convolution(std::size_t axes)
{
    const bool pictures = axes == 2;
    const std::string unit = pictures ? "px" : "";
    const char *const kept = pictures ? "Border of zeros on every side; \"same\" keeps height and width, \"valid\" adds nothing."
                                      : "Zeros added on every side; \"same\" keeps the size, \"valid\" adds nothing.";
    return {
        .category = Category::Layer,
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("out_channels", 32).range(1, 65536).doc("How many filters are learned, and so how many channels come out."),
            windowSize(axes, "kernel_size", 3).range(1, 4096).unit(unit).doc(pictures ? "Height and width of a filter." : "Size of a filter along every axis."),
            windowSize(axes, "stride", 1).range(1, 4096).unit(unit).doc(
                pictures ? "How far a filter moves each time; 2 halves height and width." : "How far a filter moves each time; 2 halves the size."),
            windowSizeOr(axes, "padding", std::int64_t{0}, {"same", "valid"}).range(0, 4096).unit(unit).doc(kept),
            windowSize(axes, "dilation", 1).range(1, 4096).unit(unit).doc("Distance between the points of a filter; more than 1 widens what it sees."),
            ParamDecl::integer("groups", 1).range(1, 65536).doc(
                "Splits the channels into groups that don't see each other; must divide both channel counts. As many as channels: a depthwise convolution."),
            ParamDecl::flag("bias", true).doc("Adds a learned number to every output channel."),
            initialWeights(),
        },
        .infer = [axes](const InferInput &input) { return inferConvolution(input, axes); },
        .explain = [axes](const InferInput &input, const Inferred &inferred) { return explainConvolution(input, inferred, axes); },
    };
}

} // namespace netloom
