// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {
namespace {

InferResult inferBatchNorm1d(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 2 && in.rank() != 3)
        return Misfit{"not-flat", "needs features (N×C) or sequences with channels (N×C×L) but gets " + in.toString(),
            in.rank() == 4 ? "use BatchNorm2d, or add Flatten before it" : "add Flatten before it"};
    if (in[1] == Shape::kUnknown)
        return unknownSize(input, in.rank() == 2 ? "the number of features" : "the number of channels");
    return inferNorm(input, in[1]);
}

} // namespace

NodeSpec batch_norm1d()
{
    NodeSpec spec = normalization("BatchNorm1d", {"batch norm", "BN"},
        "Brings every feature to mean 0 and spread 1 over the batch, then scales and shifts it as learned: training gets faster and steadier.", true);
    spec.params.push_back(ParamDecl::real("momentum", 0.1).range(0, 1).doc("How fast the mean and variance kept for evaluation follow the batches."));
    spec.infer = inferBatchNorm1d;
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        return layer(torch::nn::BatchNorm1d(torch::nn::BatchNorm1dOptions(in.at(0)[1])
                .eps(params.real("eps"))
                .momentum(params.real("momentum"))
                .affine(params.flag("affine"))));
    };
    return spec;
}

} // namespace netloom::nodes
