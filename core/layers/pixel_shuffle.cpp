// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

InferResult inferPixelShuffle(const InferInput &input)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    const std::int64_t factor = input.params.integer("upscale_factor");
    if (in[1] % (factor * factor) != 0)
        return Misfit{"shuffle-channels", "needs a number of channels that " + std::to_string(factor * factor) + " (upscale_factor squared) divides, but gets "
                + in.toString(), "set out_channels before it to a multiple of " + std::to_string(factor * factor)};
    const auto larger = [&](std::int64_t size) { return size == Shape::kUnknown ? size : product({size, factor}).value_or(INT64_MAX); };
    return oneOutput({Shape::kBatch, in[1] / (factor * factor), larger(in[2]), larger(in[3])});
}

std::vector<std::string> explainPixelShuffle(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const std::string factor = std::to_string(input.params.integer("upscale_factor"));
    return {formulaLine("channels", std::to_string(in[1]) + "/(" + factor + "·" + factor + ")", out[1]),
        formulaLine("height", sizeOrUnknown(in[2]) + "·" + factor, out[2]), formulaLine("width", sizeOrUnknown(in[3]) + "·" + factor, out[3])};
}

} // namespace

NodeSpec pixel_shuffle()
{
    return {
        .type = "PixelShuffle",
        .category = Category::Shaping,
        .keywords = {"depth to space", "sub-pixel convolution", "super resolution", "enlarge", "decoder"},
        .doc = "Makes pictures larger by laying channels side by side: four channels become one picture twice as high and wide.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::integer("upscale_factor", 2).range(1, 64).doc("How many times as high and wide it gets; its square must divide the channels.")},
        .infer = inferPixelShuffle,
        .explain = explainPixelShuffle,
        .buildLayer = [](const Params &params, const ShapeList &) {
            return layer(torch::nn::PixelShuffle(torch::nn::PixelShuffleOptions(params.integer("upscale_factor"))));
        },
    };
}

} // namespace netloom::nodes
