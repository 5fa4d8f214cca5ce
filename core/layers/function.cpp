// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/formula.h"
#include "layers/joining.h"

namespace netloom::nodes {
namespace {

constexpr char kExample[] = "write one line such as x * torch.sigmoid(x), with x for the first wire, y, z and w for the others";

InferResult inferFunction(const InferInput &input)
{
    if (input.in.size() > Formula::kMostInputs)
        return Misfit{"too-many-inputs", "takes at most " + std::to_string(Formula::kMostInputs) + " wires but has " + std::to_string(input.in.size()), "remove one", "inputs"};
    const std::string &text = input.params.text("formula");
    const auto formula = Formula::compile(text, input.in.size());
    if (!formula)
        return Misfit{"bad-formula", "can't compute \"" + text + "\" (" + formula.error().text + ")", kExample, "inputs"};
    const auto shape = (*formula)->shape(input.in);
    if (!shape) {
        std::string shapes;
        for (const Shape &in : input.in)
            shapes += (shapes.empty() ? "" : " and ") + in.toString();
        return Misfit{"bad-formula", "can't compute \"" + text + "\" with " + shapes + " (" + shape.error().text + ")",
            "change the formula, or the layers before it", "inputs"};
    }
    return oneOutput(*shape);
}

} // namespace

NodeSpec function()
{
    return {
        .type = "Function",
        .category = Category::Shaping,
        .group = kBranchesGroup,
        .keywords = {"formula", "expression", "arithmetic", "custom", "lambda", "TorchScript", "code"},
        .doc = "Computes what one line of arithmetic says, in the words of PyTorch: x * torch.sigmoid(x), or x[:, 0:3] + y.mean(dim=1, keepdim=True).",
        .inputs = tensorInputs("The first wire is x, the next ones are y, z and w."),
        .outputs = tensorOutput(),
        .params = {ParamDecl::text("formula", "x * torch.sigmoid(x)").doc(
            "The line, over x, y, z and w. The first axis of the result must be that of the samples.")},
        .infer = inferFunction,
        .explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
            return {shapeLine("found by computing the formula", inferred.outputs.at(0))};
        },
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            const auto formula = Formula::compile(params.text("formula"), in.size());
            if (!formula)
                throw std::runtime_error(formula.error().text);
            return layerOf([formula = *formula](const std::vector<torch::Tensor> &in) { return formula->run(in); });
        },
    };
}

} // namespace netloom::nodes
