// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/joining.h"

namespace netloom::nodes {
namespace {

InferResult inferConcat(const InferInput &input)
{
    if (input.in.size() < 2)
        return Misfit{"too-few-inputs", "needs at least two wires but has one", "connect a second one", "inputs"};
    Shape joined = input.in.front();
    const std::int64_t dim = input.params.integer("dim");
    const auto along = axisIndex(dim, joined.rank());
    if (along.value_or(0) == 0) {
        Misfit misfit = badAxis("dim", dim, joined);
        misfit.port = "inputs";
        return misfit;
    }
    std::int64_t length = 0;
    for (const Shape &other : input.in) {
        const Misfit misfit{"shapes-differ", "joins along dim " + std::to_string(dim) + ", so all other sizes must be equal, but gets "
                + input.in.front().toString() + " and " + other.toString(), "change the layers before it", "inputs"};
        if (other.rank() != joined.rank())
            return misfit;
        for (std::size_t axis = 0; axis < joined.rank(); ++axis) {
            if (axis == *along)
                length = length == Shape::kUnknown || other[axis] == Shape::kUnknown ? Shape::kUnknown : length + other[axis];
            else if (joined[axis] == Shape::kUnknown)
                joined.set(axis, other[axis]);
            else if (other[axis] != Shape::kUnknown && other[axis] != joined[axis])
                return misfit;
        }
    }
    joined.set(*along, length);
    return oneOutput(joined);
}

std::vector<std::string> explainConcat(const InferInput &input, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.at(0);
    const std::size_t along = axisIndex(input.params.integer("dim"), out.rank()).value_or(1);
    std::string sum;
    for (const Shape &in : input.in)
        sum += (sum.empty() ? "" : " + ") + sizeOrUnknown(in[along]);
    std::vector<std::string> lines;
    for (std::size_t axis = 1; axis < out.rank(); ++axis)
        lines.push_back(axis == along ? formulaLine(axisName(out, axis), sum, out[axis]) : asInputLine(axisName(out, axis), out[axis]));
    return lines;
}

} // namespace

NodeSpec concat()
{
    return {
        .type = "Concat",
        .category = Category::Shaping,
        .group = kBranchesGroup,
        .keywords = {"concatenate", "cat", "join", "merge", "stack", "skip connection"},
        .doc = "Puts its inputs one after the other along an axis, for example the channels of two branches.",
        .inputs = tensorInputs("Two or more tensors that differ along dim alone; they are joined in the order of the wires."),
        .outputs = tensorOutput(),
        .params = {ParamDecl::integer("dim", 1).range(-8, 8).doc("The axis along which to join; 1 is the axis of channels.")},
        .infer = inferConcat,
        .explain = explainConcat,
        .buildLayer = [](const Params &params, const ShapeList &) {
            return layerOf([dim = params.integer("dim")](const std::vector<torch::Tensor> &in) { return torch::cat(in, dim); });
        },
    };
}

} // namespace netloom::nodes
