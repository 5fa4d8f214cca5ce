// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/joining.h"

namespace netloom::nodes {
namespace {

InferResult inferSplit(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    const std::int64_t dim = input.params.integer("dim");
    const auto axis = axisIndex(dim, in.rank());
    if (axis.value_or(0) == 0)
        return badAxis("dim", dim, in);
    if (in[*axis] == Shape::kUnknown)
        return unknownSize(input, "the size of the axis that it splits");
    const std::int64_t first = input.params.keyword("split_size").empty() ? input.params.integer("split_size") : in[*axis] / 2;
    if (first < 1 || first >= in[*axis])
        return Misfit{"split-size", "puts " + std::to_string(first) + " in the first part, which must leave both parts some of the "
                + std::to_string(in[*axis]) + " of axis " + std::to_string(*axis), "set split_size from 1 to " + std::to_string(std::max<std::int64_t>(1, in[*axis] - 1))};
    Shape one = in;
    Shape rest = in;
    one.set(*axis, first);
    rest.set(*axis, in[*axis] - first);
    InferResult result = oneOutput(one);
    if (auto *inferred = std::get_if<Inferred>(&result))
        inferred->outputs.push_back(rest);
    return result;
}

class SplitLayer final : public LayerWithOutputs {
public:
    SplitLayer(std::int64_t first, std::int64_t dim) : m_first(first), m_dim(dim) {}

    std::vector<torch::Tensor> forwardAll(const std::vector<torch::Tensor> &in) override
    {
        const torch::Tensor &input = in.at(0);
        const std::int64_t first = m_first > 0 ? m_first : input.size(m_dim) / 2;
        return {input.narrow(m_dim, 0, first), input.narrow(m_dim, first, input.size(m_dim) - first)};
    }

private:
    std::int64_t m_first; ///< 0 for half
    std::int64_t m_dim;
};

} // namespace

NodeSpec split()
{
    return {
        .type = "Split",
        .category = Category::Shaping,
        .group = kBranchesGroup,
        .keywords = {"chunk", "slice", "narrow", "divide", "channels", "branch"},
        .doc = "Cuts its input in two along an axis, for example one half of the channels for each of two branches. Several in a row make more parts.",
        .inputs = tensorInput(),
        .outputs = {{.name = "first", .doc = "The first split_size places of the axis."}, {.name = "rest", .doc = "What is left of them."}},
        .params = {
            ParamDecl::integerOr("split_size", std::string("half"), {"half"}).range(1, 1'000'000).doc("How many places of the axis go to the first output."),
            ParamDecl::integer("dim", 1).range(-8, 8).doc("The axis along which to cut; 1 is the axis of channels or features."),
        },
        .infer = inferSplit,
        .explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
            return {shapeLine("the first part of its input along dim", inferred.outputs.at(0))};
        },
        .buildLayer = [](const Params &params, const ShapeList &) -> std::shared_ptr<Layer> {
            return std::make_shared<SplitLayer>(params.keyword("split_size").empty() ? params.integer("split_size") : 0, params.integer("dim"));
        },
    };
}

} // namespace netloom::nodes
