// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/activation.h"

namespace netloom {

NodeSpec activation(std::string type, std::vector<std::string> keywords, std::string doc)
{
    keywords.insert(keywords.begin(), {"activation", "nonlinearity"});
    return {
        .type = std::move(type),
        .category = Category::Activation,
        .keywords = std::move(keywords),
        .doc = std::move(doc),
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .infer = sameShape,
    };
}

NodeSpec activationAlongAxis(std::string type, std::vector<std::string> keywords, std::string doc, std::string dimDoc)
{
    NodeSpec spec = activation(std::move(type), std::move(keywords), std::move(doc));
    spec.params = {ParamDecl::integer("dim", 1).range(-8, 8).doc(std::move(dimDoc))};
    spec.infer = [](const InferInput &input) -> InferResult {
        const std::int64_t dim = input.params.integer("dim");
        if (axisIndex(dim, input.in.at(0).rank()).value_or(0) == 0)
            return badAxis("dim", dim, input.in.at(0));
        return sameShape(input);
    };
    return spec;
}

} // namespace netloom
