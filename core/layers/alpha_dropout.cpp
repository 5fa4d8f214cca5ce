// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/dropout_layer.h"

#include <cmath>

namespace netloom::nodes {
namespace {

constexpr double kAlpha = 1.7580993408473766; ///< what SELU's very negative outputs come to, with a minus before it

/// Klambauer et al. 2017, section 2: dropped numbers become −alpha, then all are scaled and shifted so that mean and spread stay.
torch::Tensor alphaDropped(const torch::Tensor &input, double p, DropoutRandom &random)
{
    if (p >= 1)
        return input * 0;
    const double scale = 1 / std::sqrt((kAlpha * kAlpha * p + 1) * (1 - p));
    const torch::Tensor kept = random.mask(input.sizes(), input, p, 1);
    return input * (kept * scale) + ((kept - 1) * (kAlpha * scale) + kAlpha * scale * p);
}

} // namespace

NodeSpec alpha_dropout()
{
    NodeSpec spec = dropoutSpec("AlphaDropout", {"drop", "SELU", "self-normalizing", "regularize", "overfitting"},
        "A dropout for networks with SELU: it keeps mean and spread of the numbers, which SELU relies on. Does nothing after training.");
    spec.buildLayer = [](const Params &params, const ShapeList &) -> std::shared_ptr<Layer> {
        return std::make_shared<DropoutLayer<torch::nn::AlphaDropout>>(params.real("p"), alphaDropped);
    };
    return spec;
}

} // namespace netloom::nodes
