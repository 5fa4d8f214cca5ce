// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/convolution.h"

namespace netloom::nodes {
namespace {

/// (size − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1 along one axis
std::int64_t enlarged(const Window &window, std::int64_t outputPadding, std::size_t axis, std::int64_t size)
{
    return (size - 1) * window.stride[axis] - 2 * window.padding[axis] + window.dilation[axis] * (window.kernel[axis] - 1) + outputPadding + 1;
}

InferResult inferConvTranspose2d(const InferInput &input)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    if (auto misfit = groupsFit(input.params, in[1]))
        return *misfit;
    const Window window = convolutionWindow(input.params, 2);
    const auto outputPadding = input.params.pair("output_padding");
    const std::int64_t outChannels = input.params.integer("out_channels");
    Shape out{Shape::kBatch, outChannels, in[2], in[3]};
    for (const std::size_t axis : {0, 1}) {
        if (outputPadding[axis] >= std::max(window.stride[axis], window.dilation[axis]))
            return Misfit{"output-padding", "has output_padding " + formatParam(input.params.at("output_padding")) + ", which must be smaller than stride or dilation",
                "set output_padding to 0"};
        if (in[axis + 2] == Shape::kUnknown)
            continue;
        out.set(axis + 2, in[axis + 2] > INT32_MAX ? INT64_MAX : enlarged(window, outputPadding[axis], axis, in[axis + 2]));
        if (out[axis + 2] < 1)
            return Misfit{"padding-too-large", "takes away more by padding " + sizeText(window.padding) + " than there is", "use a smaller padding"};
    }
    const auto weights = product({in[1], outChannels / input.params.integer("groups"), window.kernel[0], window.kernel[1]});
    if (!weights)
        return oneOutput(out, weights);
    return oneOutput(out, *weights + (input.params.flag("bias") ? outChannels : 0), product({*weights, in[2], in[3]}));
}

std::vector<std::string> explainConvTranspose2d(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const Window window = convolutionWindow(input.params, 2);
    const auto outputPadding = input.params.pair("output_padding");
    std::vector<std::string> lines{setByLine("channels", "out_channels", out[1])};
    for (const std::size_t axis : {0, 1}) {
        const auto text = [](std::int64_t number) { return std::to_string(number); };
        lines.push_back(formulaLine(axisName(out, axis + 2), "(" + sizeOrUnknown(in[axis + 2]) + " − 1)·" + text(window.stride[axis]) + " − 2·"
                + text(window.padding[axis]) + " + " + text(window.dilation[axis]) + "·(" + text(window.kernel[axis]) + " − 1) + "
                + text(outputPadding[axis]) + " + 1", out[axis + 2]));
    }
    const auto [weights, all] = countedWeights(input.params, in[1], out[1], window.kernel);
    lines.push_back(formulaLine("parameters", all, inferred.parameters));
    if (in.known())
        lines.push_back(formulaLine("multiply-adds", weights + "·" + std::to_string(in[2]) + "·" + std::to_string(in[3]), inferred.multiplyAdds));
    return lines;
}

std::shared_ptr<Layer> buildConvTranspose2d(const Params &params, const ShapeList &in)
{
    const Window window = convolutionWindow(params, 2);
    const auto outputPadding = params.pair("output_padding");
    return layer(torch::nn::ConvTranspose2d(torch::nn::ConvTranspose2dOptions(in.at(0)[1], params.integer("out_channels"), at::ArrayRef(window.kernel))
            .stride(at::ArrayRef(window.stride))
            .padding(at::ArrayRef(window.padding))
            .output_padding({outputPadding[0], outputPadding[1]})
            .dilation(at::ArrayRef(window.dilation))
            .groups(params.integer("groups"))
            .bias(params.flag("bias"))));
}

} // namespace

NodeSpec conv_transpose2d()
{
    return {
        .type = "ConvTranspose2d",
        .category = Category::Layer,
        .keywords = {"transposed convolution", "deconvolution", "fractionally strided", "decoder", "generator", "upsample"},
        .doc = "The way back of Conv2d: every input pixel paints a small learned picture, and the paintings are added. Makes pictures larger in decoders.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("out_channels", 32).range(1, 65536).doc("How many channels come out."),
            ParamDecl::pair("kernel_size", 2).range(1, 4096).unit("px").doc("Height and width of what each pixel paints."),
            ParamDecl::pair("stride", 2).range(1, 4096).unit("px").doc("How far apart the paintings are; 2 doubles height and width."),
            ParamDecl::pair("padding", 0).range(0, 4096).unit("px").doc("Border that is cut off on every side."),
            ParamDecl::pair("output_padding", 0).range(0, 4096).unit("px").doc("Rows and columns added at the bottom and right, where several sizes are possible."),
            ParamDecl::pair("dilation", 1).range(1, 4096).unit("px").doc("Distance between the points of a painting."),
            ParamDecl::integer("groups", 1).range(1, 65536).doc("Splits the channels into groups that don't see each other; must divide both channel counts."),
            ParamDecl::flag("bias", true).doc("Adds a learned number to every output channel."),
            initialWeights(),
        },
        .infer = inferConvTranspose2d,
        .explain = explainConvTranspose2d,
        .buildLayer = buildConvTranspose2d,
    };
}

} // namespace netloom::nodes
