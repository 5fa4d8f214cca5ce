// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/reshaping.h"

namespace netloom::nodes {
namespace {

InferResult inferReshape(const InferInput &input)
{
    auto sizes = filledSizes(input.params, "shape", input.in.at(0).elementsPerSample(), "numbers of a sample");
    if (const auto *misfit = std::get_if<Misfit>(&sizes))
        return *misfit;
    auto &list = std::get<0>(sizes);
    list.insert(list.begin(), Shape::kBatch);
    return oneOutput(Shape(std::move(list)));
}

} // namespace

NodeSpec reshape()
{
    return {
        .type = "Reshape",
        .category = Category::Shaping,
        .keywords = {"view", "resize", "fold", "rows", "sequence"},
        .doc = "Puts the numbers of each sample, in their order, into another shape: 28, 28 makes 28 steps of 28 numbers of a picture.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::reals("shape", {-1.0}).range(-1, 1e9).doc("The sizes without the samples' axis; -1 takes what is left.")},
        .infer = inferReshape,
        .explain = [](const InferInput &, const Inferred &inferred) { return explainSizes(inferred, "shape"); },
        .buildLayer = [](const Params &params, const ShapeList &) {
            auto sizes = std::get<0>(wholeNumbers(params, "shape"));
            return layerOf([sizes](const std::vector<torch::Tensor> &in) {
                auto all = sizes;
                all.insert(all.begin(), in.at(0).size(0));
                return in.at(0).reshape(all);
            });
        },
    };
}

} // namespace netloom::nodes
