// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/joining.h"

namespace netloom::nodes {
namespace {

InferResult inferAdd(const InferInput &input)
{
    if (input.in.size() < 2)
        return Misfit{"too-few-inputs", "needs at least two wires but has one", "connect a second one", "inputs"};
    Shape sum = input.in.front();
    for (const Shape &other : input.in) {
        const Misfit misfit{"shapes-differ", "adds inputs of equal shape but gets " + sum.toString() + " and " + other.toString(),
            "change the layers before it so that both have the same shape", "inputs"};
        if (other.rank() != sum.rank())
            return misfit;
        for (std::size_t axis = 0; axis < sum.rank(); ++axis) {
            if (sum[axis] == Shape::kUnknown)
                sum.set(axis, other[axis]);
            else if (other[axis] != Shape::kUnknown && other[axis] != sum[axis])
                return misfit;
        }
    }
    return oneOutput(sum);
}

} // namespace

NodeSpec add()
{
    return {
        .type = "Add",
        .category = Category::Shaping,
        .group = kBranchesGroup,
        .keywords = {"sum", "plus", "skip connection", "residual", "shortcut", "merge"},
        .doc = "Adds its inputs number by number. With a wire that skips some layers it makes a residual block, which lets deep networks learn.",
        .inputs = tensorInputs("Two or more tensors of equal shape."),
        .outputs = tensorOutput(),
        .infer = inferAdd,
        .explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
            return {shapeLine("as each of the " + std::to_string(input.in.size()) + " inputs", inferred.outputs.at(0))};
        },
        .buildLayer = [](const Params &, const ShapeList &) {
            return layerOf([](const std::vector<torch::Tensor> &in) {
                torch::Tensor sum = in.at(0) + in.at(1);
                for (std::size_t index = 2; index < in.size(); ++index)
                    sum = sum + in[index];
                return sum;
            });
        },
    };
}

} // namespace netloom::nodes
