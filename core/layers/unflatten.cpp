// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/reshaping.h"

namespace netloom::nodes {
namespace {

InferResult inferUnflatten(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    const std::int64_t dim = input.params.integer("dim");
    const auto axis = axisIndex(dim, in.rank());
    if (axis.value_or(0) == 0)
        return badAxis("dim", dim, in);
    auto sizes = filledSizes(input.params, "unflattened_size", in[*axis], axisName(in, *axis) == "features" ? "features" : "places of axis " + std::to_string(*axis));
    if (const auto *misfit = std::get_if<Misfit>(&sizes))
        return *misfit;
    std::vector<std::int64_t> all = in.dims();
    const auto place = all.erase(all.begin() + static_cast<std::ptrdiff_t>(*axis));
    all.insert(place, std::get<0>(sizes).begin(), std::get<0>(sizes).end());
    return oneOutput(Shape(std::move(all)));
}

} // namespace

NodeSpec unflatten()
{
    return {
        .type = "Unflatten",
        .category = Category::Shaping,
        .keywords = {"reshape", "view", "unsqueeze", "sequence", "picture"},
        .doc = "Cuts one axis into several: 16, 7, 7 makes 16 small pictures of 784 features. The opposite of Flatten.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("dim", 1).range(-8, 8).doc("The axis to cut; 1 is that of features or channels."),
            ParamDecl::reals("unflattened_size", {1.0, -1.0}).range(-1, 1e9).doc("The sizes that it becomes; -1 takes what is left."),
        },
        .infer = inferUnflatten,
        .explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
            return {shapeLine("its input's, with the axis dim cut as unflattened_size says", inferred.outputs.at(0))};
        },
        .buildLayer = [](const Params &params, const ShapeList &in) {
            const auto axis = *axisIndex(params.integer("dim"), in.at(0).rank());
            return layerOf([axis, sizes = std::get<0>(wholeNumbers(params, "unflattened_size"))](const std::vector<torch::Tensor> &in) {
                return in.at(0).unflatten(static_cast<std::int64_t>(axis), sizes);
            });
        },
    };
}

} // namespace netloom::nodes
