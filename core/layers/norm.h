// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

/// What all normalisations share: ports, eps and, with @p affine, whether scales and shifts are learned. The type's file adds its words,
/// further parameters, shape rule, explanation and builder.
NodeSpec normalization(std::string type, std::vector<std::string> keywords, std::string doc, bool affine);

/// What BatchNorm1d and BatchNorm2d share: momentum and the builder. @p each is what gets a mean of its own: "feature", "channel".
template <class Norm>
NodeSpec batchNormalization(std::string type, const std::string &each)
{
    NodeSpec spec = normalization(std::move(type), {"batch norm", "BN"},
        "Brings every " + each + " to mean 0 and spread 1 over the batch, then scales and shifts it as learned: training gets faster and steadier.", true);
    spec.params.push_back(ParamDecl::real("momentum", 0.1).range(0, 1).doc("How fast the mean and variance kept for evaluation follow the batches."));
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        return layer(Norm(torch::nn::BatchNormOptions(in.at(0)[1])
                .eps(params.real("eps"))
                .momentum(params.real("momentum"))
                .affine(params.flag("affine"))));
    };
    return spec;
}

/// Same shape, @p scales scales and as many shifts where they are learned, a multiply-add for every number.
InferResult inferNorm(const InferInput &input, std::int64_t scales);

} // namespace netloom
