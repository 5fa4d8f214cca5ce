// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/recurrent.h"
#include "layers/weighted.h"

namespace netloom::nodes {
namespace {

bool isLearned(const Params &params) { return params.text("encoding") == "learned"; }

InferResult inferPositions(const InferInput &input)
{
    if (auto misfit = needsSteps(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    if (in[1] == Shape::kUnknown)
        return unknownSize(input, "the number of steps");
    return isLearned(input.params) ? oneOutput(in, product({in[1], in[2]})) : oneOutput(in);
}

/// sin and cos of position/10000^(2i/E) by turns (Vaswani et al. 2017, section 3.5), steps×features.
torch::Tensor waves(std::int64_t steps, std::int64_t features)
{
    const torch::Tensor position = torch::arange(steps, torch::kFloat64).unsqueeze(1);
    const torch::Tensor index = torch::arange(features, torch::kFloat64);
    const torch::Tensor pair = torch::floor(index / 2) * 2;
    const torch::Tensor angle = position * torch::pow(10000.0, -pair / static_cast<double>(features));
    return torch::where(index == pair, angle.sin(), angle.cos()).to(torch::kFloat32);
}

class PositionsLayer final : public Layer {
public:
    PositionsLayer(const Params &params, const Shape &in)
    {
        if (isLearned(params))
            m_learned = std::make_shared<WeightModule>(torch::randn({in[1], in[2]}) * 0.02);
        else
            m_waves = waves(in[1], in[2]);
    }
    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        if (m_learned)
            return in.at(0) + m_learned->weight;
        if (m_waves.device() != in.at(0).device())
            m_waves = m_waves.to(in.at(0).device());
        return in.at(0) + m_waves;
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_learned; }

private:
    torch::Tensor m_waves;
    std::shared_ptr<WeightModule> m_learned;
};

} // namespace

NodeSpec positional_encoding()
{
    return {
        .type = "PositionalEncoding",
        .category = Category::Layer,
        .group = kSequencesGroup,
        .keywords = {"position embedding", "sinusoidal", "transformer", "order"},
        .doc = "Adds to every step where it is in the sequence, which attention could not tell otherwise.",
        .inputs = {{.name = "input", .doc = "Sequences: N×steps×features."}},
        .outputs = tensorOutput(),
        .params = {ParamDecl::choice("encoding", "sinusoidal", {"sinusoidal", "learned"}).doc(
            "sinusoidal adds waves of many lengths; learned adds numbers that are learned for every place.")},
        .infer = inferPositions,
        .explain = [](const InferInput &input, const Inferred &inferred) {
            const Shape &in = input.in.at(0);
            std::vector<std::string> lines{shapeLine("as its input", inferred.outputs.at(0))};
            if (inferred.parameters > 0)
                lines.push_back(formulaLine("parameters", std::to_string(in[1]) + "·" + std::to_string(in[2]), inferred.parameters));
            return lines;
        },
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            return std::make_shared<PositionsLayer>(params, in.at(0));
        },
    };
}

} // namespace netloom::nodes
