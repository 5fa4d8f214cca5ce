// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/joining.h"

#include "graph/explain.h"

namespace netloom {

NodeSpec elementwise(std::string type, std::vector<std::string> keywords, std::string doc, std::string verb)
{
    return {
        .type = std::move(type),
        .category = Category::Shaping,
        .group = kBranchesGroup,
        .keywords = std::move(keywords),
        .doc = std::move(doc),
        .inputs = tensorInputs("Two or more tensors of equal shape; an axis of size 1 counts for every place of the others'."),
        .outputs = tensorOutput(),
        .infer = [verb](const InferInput &input) -> InferResult {
            const std::string port = verb == "subtracts" ? "other" : "inputs";
            if (input.in.size() < 2)
                return Misfit{"too-few-inputs", "needs at least two wires but has one", "connect a second one", "inputs"};
            const auto joined = broadcast(input.in, verb, port);
            if (const auto *misfit = std::get_if<Misfit>(&joined))
                return *misfit;
            return oneOutput(std::get<Shape>(joined));
        },
        .explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
            return {shapeLine("that of its inputs together", inferred.outputs.at(0))};
        },
    };
}

} // namespace netloom
