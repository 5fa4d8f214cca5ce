// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

InferResult inferFlatten(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    const std::int64_t startDim = input.params.integer("start_dim");
    const std::int64_t endDim = input.params.integer("end_dim");
    const auto start = axisIndex(startDim, in.rank());
    const auto end = axisIndex(endDim, in.rank());
    if (!start || *start == 0)
        return badAxis("start_dim", startDim, in);
    if (!end || *end == 0)
        return badAxis("end_dim", endDim, in);
    if (*end < *start)
        return Misfit{"axes-reversed", "has end_dim " + std::to_string(endDim) + " before start_dim " + std::to_string(startDim),
            "set end_dim to -1"};
    std::vector<std::int64_t> sizes(in.dims().begin(), in.dims().begin() + static_cast<std::ptrdiff_t>(*start));
    std::int64_t joined = 1;
    for (std::size_t axis = *start; axis <= *end && joined != Shape::kUnknown; ++axis)
        joined = in[axis] == Shape::kUnknown ? Shape::kUnknown : product({joined, in[axis]}).value_or(INT64_MAX);
    sizes.push_back(joined);
    sizes.insert(sizes.end(), in.dims().begin() + static_cast<std::ptrdiff_t>(*end) + 1, in.dims().end());
    return oneOutput(Shape(std::move(sizes)));
}

std::vector<std::string> explainFlatten(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const std::size_t start = axisIndex(input.params.integer("start_dim"), in.rank()).value_or(1);
    const std::size_t end = axisIndex(input.params.integer("end_dim"), in.rank()).value_or(in.rank() - 1);
    std::string sizes;
    for (std::size_t axis = start; axis <= end; ++axis)
        sizes += (sizes.empty() ? "" : "·") + sizeOrUnknown(in[axis]);
    std::vector<std::string> lines;
    for (std::size_t axis = 1; axis < out.rank(); ++axis)
        lines.push_back(axis == start ? formulaLine(axisName(out, axis), sizes, out[axis]) : asInputLine(axisName(out, axis), out[axis]));
    return lines;
}

} // namespace

NodeSpec flatten()
{
    return {
        .type = "Flatten",
        .category = Category::Shaping,
        .keywords = {"reshape", "view", "vector", "unroll"},
        .doc = "Lays all numbers of a sample in one row, so that a Linear layer can take a picture.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("start_dim", 1).range(-8, 8).doc("First axis to join; 0 is the batch and stays."),
            ParamDecl::integer("end_dim", -1).range(-8, 8).doc("Last axis to join; -1 is the last one."),
        },
        .infer = inferFlatten,
        .explain = explainFlatten,
        .buildLayer = [](const Params &params, const ShapeList &) {
            return layer(torch::nn::Flatten(torch::nn::FlattenOptions()
                    .start_dim(params.integer("start_dim"))
                    .end_dim(params.integer("end_dim"))));
        },
    };
}

} // namespace netloom::nodes
