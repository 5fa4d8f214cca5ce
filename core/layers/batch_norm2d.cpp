// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {

NodeSpec batch_norm2d()
{
    return {
        .type = "BatchNorm2d",
        .category = Category::Regularization,
        .keywords = {"batch normalization", "BN", "normalize", "standardize"},
        .doc = "Brings every channel to mean 0 and spread 1 over the batch, then scales and shifts it as learned: training gets faster and steadier.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::real("eps", 1e-5).range(1e-12, 1).doc("Added to the variance so that nothing is divided by 0."),
            ParamDecl::real("momentum", 0.1).range(0, 1).doc("How fast the mean and variance kept for evaluation follow the batches."),
            ParamDecl::flag("affine", true).doc("Learns a scale and a shift for every channel."),
        },
        .infer = [](const InferInput &input) -> InferResult {
            if (auto misfit = needsPictures(input))
                return *misfit;
            const Shape &in = input.in.at(0);
            return oneOutput(in, input.params.flag("affine") ? 2 * in[1] : 0, product({in[1], in[2], in[3]}));
        },
        .explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
            const Shape &out = inferred.outputs.at(0);
            const std::string channels = std::to_string(out[1]);
            std::vector<std::string> lines{shapeLine("as its input", out)};
            if (input.params.flag("affine"))
                lines.push_back(formulaLine("parameters", channels + " scales + " + channels + " shifts", inferred.parameters));
            if (out.known())
                lines.push_back(formulaLine("multiply-adds", channels + "·" + std::to_string(out[2]) + "·" + std::to_string(out[3]), inferred.multiplyAdds));
            return lines;
        },
        .buildLayer = [](const Params &params, const ShapeList &in) {
            return layer(torch::nn::BatchNorm2d(torch::nn::BatchNorm2dOptions(in.at(0)[1])
                    .eps(params.real("eps"))
                    .momentum(params.real("momentum"))
                    .affine(params.flag("affine"))));
        },
    };
}

} // namespace netloom::nodes
