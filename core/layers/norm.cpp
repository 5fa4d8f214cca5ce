// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom {

NodeSpec normalization(std::string type, std::vector<std::string> keywords, std::string doc, bool affine)
{
    keywords.insert(keywords.begin(), {"normalization", "normalize", "standardize"});
    return {
        .type = std::move(type),
        .category = Category::Regularization,
        .group = "Normalization",
        .keywords = std::move(keywords),
        .doc = std::move(doc),
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::real("eps", 1e-5).range(1e-12, 1).doc("Added to the variance so that nothing is divided by 0."),
            ParamDecl::flag("affine", affine).doc("Learns a scale and a shift, so that the network can undo what it doesn't need."),
        },
        .explain = [](const InferInput &, const Inferred &inferred) { return explainNorm(inferred, std::to_string(inferred.parameters / 2)); },
    };
}

InferResult inferNorm(const InferInput &input, std::int64_t scales)
{
    const Shape &in = input.in.at(0);
    const std::int64_t numbers = in.elementsPerSample();
    return oneOutput(in, input.params.flag("affine") ? 2 * scales : 0, numbers == Shape::kUnknown ? std::nullopt : std::optional(numbers));
}

} // namespace netloom
