// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/activation.h"

namespace netloom::nodes {
namespace {

constexpr char kChannelsKeyword[] = "channels";

std::int64_t slopes(const Params &params, const Shape &in)
{
    return params.keyword("num_parameters").empty() ? 1 : in[1];
}

InferResult inferPReLU(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() < 2)
        return Misfit{"no-channels", "needs channels or features but gets " + in.toString(), "connect it to a layer that gives them"};
    if (slopes(input.params, in) == Shape::kUnknown)
        return unknownSize(input, "the number of channels");
    return oneOutput(in, slopes(input.params, in));
}

} // namespace

NodeSpec prelu()
{
    NodeSpec spec = activation("PReLU", {"rectifier", "learned slope", "leak"},
        "Keeps positive numbers and shrinks negative ones to a slope that is learned.");
    ParamDecl slope = ParamDecl::integerOr("num_parameters", std::int64_t{1}, {kChannelsKeyword}).range(1, 1).doc(
        "1 learns one slope for all; \"channels\" learns one for every channel.");
    spec.params = {std::move(slope), ParamDecl::real("init", 0.25).range(-10, 10).doc("The slope that learning starts from.")};
    spec.infer = inferPReLU;
    spec.explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
        return {shapeLine("as its input", inferred.outputs.at(0)), formulaLine("parameters", std::to_string(inferred.parameters) + " slopes", inferred.parameters)};
    };
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        return layer(torch::nn::PReLU(torch::nn::PReLUOptions().num_parameters(slopes(params, in.at(0))).init(params.real("init"))));
    };
    return spec;
}

} // namespace netloom::nodes
