// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

InferResult inferUpsample(const InferInput &input)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    Shape out = input.in.at(0);
    const auto factor = input.params.pair("scale_factor");
    for (const std::size_t axis : {0, 1}) {
        if (out[axis + 2] != Shape::kUnknown)
            out.set(axis + 2, product({out[axis + 2], factor[axis]}).value_or(INT64_MAX));
    }
    return oneOutput(out);
}

std::vector<std::string> explainUpsample(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const auto factor = input.params.pair("scale_factor");
    return {asInputLine("channels", out[1]), formulaLine("height", sizeOrUnknown(in[2]) + "·" + std::to_string(factor[0]), out[2]),
        formulaLine("width", sizeOrUnknown(in[3]) + "·" + std::to_string(factor[1]), out[3])};
}

std::shared_ptr<Layer> buildUpsample(const Params &params, const ShapeList &)
{
    const auto factor = params.pair("scale_factor");
    torch::nn::UpsampleOptions options;
    options.scale_factor(std::vector<double>{static_cast<double>(factor[0]), static_cast<double>(factor[1])});
    if (params.text("mode") == "bilinear")
        options.mode(torch::kBilinear).align_corners(params.flag("align_corners"));
    else if (params.text("mode") == "bicubic")
        options.mode(torch::kBicubic).align_corners(params.flag("align_corners"));
    return layer(torch::nn::Upsample(options));
}

} // namespace

NodeSpec upsample()
{
    return {
        .type = "Upsample",
        .category = Category::Shaping,
        .keywords = {"enlarge", "resize", "interpolate", "unpool", "decoder", "U-Net"},
        .doc = "Makes pictures larger, by repeating or by blending neighbours. Decoders use it to get back to the size of the input.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::pair("scale_factor", 2).range(1, 256).doc("How many times as high and wide it gets."),
            ParamDecl::choice("mode", "nearest", {"nearest", "bilinear", "bicubic"}).doc("nearest repeats pixels, bilinear and bicubic blend them."),
            ParamDecl::flag("align_corners", false).doc("bilinear and bicubic: lays the corner pixels of both pictures on each other."),
        },
        .infer = inferUpsample,
        .explain = explainUpsample,
        .buildLayer = buildUpsample,
    };
}

} // namespace netloom::nodes
