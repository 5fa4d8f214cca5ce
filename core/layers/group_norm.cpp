// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {
namespace {

InferResult inferGroupNorm(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() < 2 || in[1] == Shape::kUnknown)
        return unknownSize(input, "the number of channels");
    const std::int64_t groups = input.params.integer("num_groups");
    if (in[1] % groups != 0)
        return Misfit{"groups", "has " + std::to_string(groups) + " groups, which do not divide its " + std::to_string(in[1]) + " input channels",
            "set num_groups to 1 or to a divisor of " + std::to_string(in[1])};
    return inferNorm(input, in[1]);
}

} // namespace

NodeSpec group_norm()
{
    NodeSpec spec = normalization("GroupNorm", {"group norm", "GN", "small batches"},
        "Brings groups of channels to mean 0 and spread 1, each sample by itself: as steady as batch norm where batches are small.", true);
    spec.params.insert(spec.params.begin(), ParamDecl::integer("num_groups", 1).range(1, 65536).doc(
        "Into how many groups the channels go; must divide their number. 1 takes all together."));
    spec.infer = inferGroupNorm;
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        return layer(torch::nn::GroupNorm(torch::nn::GroupNormOptions(params.integer("num_groups"), in.at(0)[1])
                .eps(params.real("eps"))
                .affine(params.flag("affine"))));
    };
    return spec;
}

} // namespace netloom::nodes
