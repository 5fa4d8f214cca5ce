// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {
namespace {

/// The sizes of the last axes that are normalised together; a misfit where there are fewer, or one isn't known.
std::variant<std::vector<std::int64_t>, Misfit> normalizedShape(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    const auto axes = static_cast<std::size_t>(input.params.integer("axes"));
    if (axes >= in.rank())
        return Misfit{"no-such-axis", "normalises the last " + std::to_string(axes) + " axes, but its input " + in.toString() + " has only "
                + std::to_string(in.rank() - 1) + " beside the samples", "lower axes"};
    std::vector<std::int64_t> sizes(in.dims().end() - static_cast<std::ptrdiff_t>(axes), in.dims().end());
    if (std::ranges::find(sizes, Shape::kUnknown) != sizes.end())
        return unknownSize(input, "the sizes that it normalises");
    return sizes;
}

InferResult inferLayerNorm(const InferInput &input)
{
    const auto sizes = normalizedShape(input);
    if (const auto *misfit = std::get_if<Misfit>(&sizes))
        return *misfit;
    std::optional<std::int64_t> scales = 1;
    for (const std::int64_t size : std::get<0>(sizes))
        scales = scales ? product({*scales, size}) : scales;
    if (!scales)
        return oneOutput(input.in.at(0), scales);
    return inferNorm(input, *scales);
}

} // namespace

NodeSpec layer_norm()
{
    NodeSpec spec = normalization("LayerNorm", {"layer norm", "transformer", "LN"},
        "Brings each sample to mean 0 and spread 1 by itself, whatever else is in the batch. Transformers use it at every step of a sequence.", true);
    spec.params.push_back(ParamDecl::integer("axes", 1).range(1, 8).doc("How many of the last axes are normalised together; 3 takes whole pictures."));
    spec.infer = inferLayerNorm;
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        const SourceFacts facts;
        const auto sizes = std::get<0>(normalizedShape({params, in, facts}));
        return layer(torch::nn::LayerNorm(torch::nn::LayerNormOptions(sizes).eps(params.real("eps")).elementwise_affine(params.flag("affine"))));
    };
    return spec;
}

} // namespace netloom::nodes
