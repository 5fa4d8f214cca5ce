// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/dropout_layer.h"

namespace netloom {

NodeSpec dropoutSpec(std::string type, std::vector<std::string> keywords, std::string doc)
{
    return {
        .type = std::move(type),
        .category = Category::Regularization,
        .keywords = std::move(keywords),
        .doc = std::move(doc),
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::real("p", 0.5).range(0, 1).doc("Probability of zeroing.")},
        .infer = sameShape,
    };
}

} // namespace netloom
