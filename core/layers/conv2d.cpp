// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

Window convolutionWindow(const Params &params)
{
    Window window{.kernel = params.pair("kernel_size"), .stride = params.pair("stride"), .dilation = params.pair("dilation")};
    if (params.keyword("padding").empty())
        window.padding = params.pair("padding");
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

InferResult inferConv2d(const InferInput &input)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    if (auto misfit = groupsFit(input.params, in[1]))
        return *misfit;
    const Window window = convolutionWindow(input.params);
    std::array<std::int64_t, 2> size{in[2], in[3]};
    if (input.params.keyword("padding") == "same") {
        if (window.stride != std::array<std::int64_t, 2>{1, 1})
            return Misfit{"same-with-stride", "has padding \"same\" together with stride " + sizeText(window.stride),
                "set stride to 1, or give padding as a number"};
    } else {
        const auto positions = windowPositions(window, in);
        if (const auto *misfit = std::get_if<Misfit>(&positions))
            return *misfit;
        size = std::get<0>(positions);
    }
    const std::int64_t outChannels = input.params.integer("out_channels");
    const auto weights = product({outChannels, in[1] / input.params.integer("groups"), window.kernel[0], window.kernel[1]});
    if (!weights)
        return oneOutput({Shape::kBatch, outChannels, size[0], size[1]}, weights);
    return oneOutput({Shape::kBatch, outChannels, size[0], size[1]}, *weights + (input.params.flag("bias") ? outChannels : 0),
        product({*weights, size[0], size[1]}));
}

std::vector<std::string> explainConv2d(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const Window window = convolutionWindow(input.params);
    std::vector<std::string> lines{setByLine(axisName(out, 1), "out_channels", out[1])};
    if (input.params.keyword("padding") == "same") {
        lines.push_back("height: kept by padding \"same\", " + sizeOrUnknown(out[2]));
        lines.push_back("width: kept by padding \"same\", " + sizeOrUnknown(out[3]));
    } else {
        std::ranges::copy(explainWindow(window, in, out), std::back_inserter(lines));
    }
    const std::int64_t groups = input.params.integer("groups");
    const std::string channels = groups == 1 ? std::to_string(in[1]) : "(" + std::to_string(in[1]) + "/" + std::to_string(groups) + ")";
    const std::string weights = std::to_string(out[1]) + "·" + channels + "·" + std::to_string(window.kernel[0]) + "·" + std::to_string(window.kernel[1]);
    const std::string biases = input.params.flag("bias") ? " + " + std::to_string(out[1]) + " biases" : "";
    lines.push_back(formulaLine("parameters", weights + " weights" + biases, inferred.parameters));
    if (out.known())
        lines.push_back(formulaLine("multiply-adds", weights + "·" + std::to_string(out[2]) + "·" + std::to_string(out[3]), inferred.multiplyAdds));
    return lines;
}

std::shared_ptr<Layer> buildConv2d(const Params &params, const ShapeList &in)
{
    const Window window = convolutionWindow(params);
    torch::nn::Conv2dOptions options(in.at(0)[1], params.integer("out_channels"), {window.kernel[0], window.kernel[1]});
    options.stride({window.stride[0], window.stride[1]})
        .dilation({window.dilation[0], window.dilation[1]})
        .groups(params.integer("groups"))
        .bias(params.flag("bias"));
    if (params.keyword("padding") == "same")
        options.padding(torch::kSame);
    else
        options.padding({window.padding[0], window.padding[1]});
    return layer(torch::nn::Conv2d(options));
}

} // namespace

NodeSpec conv2d()
{
    return {
        .type = "Conv2d",
        .category = Category::Layer,
        .keywords = {"convolution", "CNN", "filter", "kernel", "feature map"},
        .doc = "Slides small learned filters over the picture; every filter gives one output channel that lights up where its pattern is found.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("out_channels", 32).range(1, 65536).doc("How many filters are learned, and so how many channels come out."),
            ParamDecl::pair("kernel_size", 3).range(1, 4096).unit("px").doc("Height and width of a filter."),
            ParamDecl::pair("stride", 1).range(1, 4096).unit("px").doc("How far a filter moves each time; 2 halves height and width."),
            ParamDecl::pairOr("padding", 0, {"same", "valid"}).range(0, 4096).unit("px").doc(
                "Border of zeros on every side; \"same\" keeps height and width, \"valid\" adds nothing."),
            ParamDecl::pair("dilation", 1).range(1, 4096).unit("px").doc("Distance between the points of a filter; more than 1 widens what it sees."),
            ParamDecl::integer("groups", 1).range(1, 65536).doc("Splits the channels into groups that don't see each other; must divide both channel counts."),
            ParamDecl::flag("bias", true).doc("Adds a learned number to every output channel."),
        },
        .infer = inferConv2d,
        .explain = explainConv2d,
        .buildLayer = buildConv2d,
    };
}

} // namespace netloom::nodes
