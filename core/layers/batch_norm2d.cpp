// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {

NodeSpec batch_norm2d()
{
    NodeSpec spec = normalization("BatchNorm2d", {"batch norm", "BN"},
        "Brings every channel to mean 0 and spread 1 over the batch, then scales and shifts it as learned: training gets faster and steadier.", true);
    spec.params.push_back(ParamDecl::real("momentum", 0.1).range(0, 1).doc("How fast the mean and variance kept for evaluation follow the batches."));
    spec.infer = [](const InferInput &input) -> InferResult {
        if (auto misfit = needsPictures(input))
            return *misfit;
        return inferNorm(input, input.in.at(0)[1]);
    };
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        return layer(torch::nn::BatchNorm2d(torch::nn::BatchNorm2dOptions(in.at(0)[1])
                .eps(params.real("eps"))
                .momentum(params.real("momentum"))
                .affine(params.flag("affine"))));
    };
    return spec;
}

} // namespace netloom::nodes
