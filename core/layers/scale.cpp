// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/joining.h"
#include "layers/weighted.h"

namespace netloom::nodes {
namespace {

/// How many factors are learned.
std::int64_t factors(const Params &params, const Shape &in)
{
    const std::string &learned = params.text("learned");
    return learned == "no" ? 0 : learned == "one" ? 1 : in[1];
}

class LearnedScale final : public Layer {
public:
    LearnedScale(double start, std::int64_t count) : m_module(std::make_shared<WeightModule>(torch::full({count}, start))) {}
    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        std::vector<std::int64_t> sizes(static_cast<std::size_t>(in.at(0).dim()), 1);
        if (m_module->weight.size(0) > 1)
            sizes[1] = -1;
        return in.at(0) * m_module->weight.reshape(sizes);
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_module; }

private:
    std::shared_ptr<WeightModule> m_module;
};

} // namespace

NodeSpec scale()
{
    return {
        .type = "Scale",
        .category = Category::Shaping,
        .group = kBranchesGroup,
        .keywords = {"multiply", "factor", "temperature", "LayerScale", "gain"},
        .doc = "Multiplies everything by a number that is given or learned, for example to let a branch begin softly.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::real("factor", 1).range(-1e6, 1e6).doc("The number, or what learning starts from."),
            ParamDecl::choice("learned", "no", {"no", "one", "channels"}).doc("Whether the number is learned: one for all, or one for every channel."),
        },
        .infer = [](const InferInput &input) -> InferResult {
            const Shape &in = input.in.at(0);
            if (input.params.text("learned") == "channels" && (in.rank() < 2 || in[1] == Shape::kUnknown))
                return unknownSize(input, "the number of channels");
            return oneOutput(in, factors(input.params, in), in.known() ? in.elementsPerSample() : 0);
        },
        .explain = [](const InferInput &, const Inferred &inferred) {
            const Shape &out = inferred.outputs.at(0);
            std::vector<std::string> lines{shapeLine("as its input", out)};
            if (inferred.parameters > 0)
                lines.push_back(formulaLine("parameters", std::to_string(inferred.parameters) + " factors", inferred.parameters));
            return lines;
        },
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            const double factor = params.real("factor");
            if (const std::int64_t count = factors(params, in.at(0)); count > 0)
                return std::make_shared<LearnedScale>(factor, count);
            return layerOf([factor](const std::vector<torch::Tensor> &in) { return in.at(0) * factor; });
        },
    };
}

} // namespace netloom::nodes
