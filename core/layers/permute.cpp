// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

#include <algorithm>

namespace netloom::nodes {
namespace {

InferResult inferPermute(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    const auto whole = wholeNumbers(input.params, "dims");
    if (const auto *misfit = std::get_if<Misfit>(&whole))
        return *misfit;
    const auto &dims = std::get<0>(whole);
    std::vector<std::int64_t> wanted;
    std::string usual;
    for (std::size_t axis = 0; axis < in.rank(); ++axis) {
        wanted.push_back(static_cast<std::int64_t>(axis));
        usual += (axis > 0 ? ", " : "") + std::to_string(axis == 0 ? 0 : in.rank() - axis);
    }
    if (!std::ranges::is_permutation(dims, wanted))
        return Misfit{"not-all-axes", "has dims " + formatParam(input.params.at("dims")) + ", but its input " + in.toString() + " has the axes 0 to "
                + std::to_string(in.rank() - 1), "name each of them once, such as " + usual};
    if (dims.front() != 0)
        return Misfit{"batch-axis", "moves axis 0, which is the axis of the samples in a batch", "begin dims with 0, such as " + usual};
    Shape out = in;
    for (std::size_t axis = 0; axis < dims.size(); ++axis)
        out.set(axis, in[static_cast<std::size_t>(dims[axis])]);
    return oneOutput(out);
}

} // namespace

NodeSpec permute()
{
    return {
        .type = "Permute",
        .category = Category::Shaping,
        .keywords = {"transpose", "swap", "axes", "channels last", "sequence"},
        .doc = "Puts the axes in another order: 0, 2, 1 turns N×channels×steps into N×steps×channels, as LSTM and transformers want them.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::reals("dims", {0.0, 2.0, 1.0}).range(0, 8).doc("The input's axes in their new order; 0, the samples, stays first.")},
        .infer = inferPermute,
        .explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
            return {shapeLine("its input's axes in the order " + formatParam(input.params.at("dims")), inferred.outputs.at(0))};
        },
        .buildLayer = [](const Params &params, const ShapeList &) {
            return layerOf([dims = std::get<0>(wholeNumbers(params, "dims"))](const std::vector<torch::Tensor> &in) { return in.at(0).permute(dims); });
        },
    };
}

} // namespace netloom::nodes
