// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/attention.h"
#include "layers/layer.h"
#include "layers/matrix_product.h"
#include "layers/recurrent.h"

namespace netloom::nodes {
namespace {

InferResult inferEncoder(const InferInput &input)
{
    if (auto misfit = needsSteps(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    if (auto misfit = headsFit("nhead", input.params.integer("nhead"), in[2]))
        return *misfit;
    const std::int64_t inner = input.params.integer("dim_feedforward");
    const auto attention = attentionParameters(in[2]);
    const auto feedForward = product({2, in[2], inner});
    if (!attention || !feedForward)
        return oneOutput(in, std::nullopt);
    std::optional<std::int64_t> steps;
    if (in[1] != Shape::kUnknown)
        steps = product({in[1], 4 * in[2] * in[2] + *feedForward + 2 * in[1] * in[2]});
    return oneOutput(in, *attention + *feedForward + inner + in[2] + 4 * in[2], steps);
}

std::vector<std::string> explainEncoder(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const std::string features = std::to_string(in[2]);
    const std::string inner = std::to_string(input.params.integer("dim_feedforward"));
    std::vector<std::string> lines{shapeLine("as its input", inferred.outputs.at(0)),
        formulaLine("parameters", "4·" + features + "·(" + features + " + 1) of the attention + 2·" + features + "·" + inner + " + " + inner + " + " + features
                + " of the linear layers + 4·" + features + " of the norms", inferred.parameters)};
    if (in.known()) {
        const std::string length = std::to_string(in[1]);
        lines.push_back(formulaLine("multiply-adds", length + "·(4·" + features + "·" + features + " + 2·" + features + "·" + inner + " + 2·" + length + "·" + features + ")",
            inferred.multiplyAdds));
    }
    return lines;
}

/// Holds the weights under PyTorch's names.
struct EncoderModule final : torch::nn::Module {
    EncoderModule(std::int64_t features, std::int64_t heads, std::int64_t inner)
        : attention(register_module("self_attn", torch::nn::MultiheadAttention(torch::nn::MultiheadAttentionOptions(features, heads)))),
          linear1(register_module("linear1", torch::nn::Linear(features, inner))),
          linear2(register_module("linear2", torch::nn::Linear(inner, features))),
          norm1(register_module("norm1", torch::nn::LayerNorm(torch::nn::LayerNormOptions({features})))),
          norm2(register_module("norm2", torch::nn::LayerNorm(torch::nn::LayerNormOptions({features})))) {}

    torch::nn::MultiheadAttention attention;
    torch::nn::Linear linear1;
    torch::nn::Linear linear2;
    torch::nn::LayerNorm norm1;
    torch::nn::LayerNorm norm2;
};

class EncoderLayer final : public Layer {
public:
    EncoderLayer(std::int64_t features, const Params &params)
        : m_module(std::make_shared<EncoderModule>(features, params.integer("nhead"), params.integer("dim_feedforward"))),
          m_plan{params.integer("nhead"), 0, params.flag("is_causal")}, m_dropout(params.real("dropout")), m_gelu(params.text("activation") == "gelu"),
          m_normFirst(params.flag("norm_first")) {}

    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        const torch::Tensor &input = in.at(0);
        EncoderModule &module = *m_module;
        if (m_normFirst) {
            const torch::Tensor seen = input + lookAround(module.norm1(input));
            return seen + think(module.norm2(seen));
        }
        const torch::Tensor seen = module.norm1(input + lookAround(input));
        return module.norm2(seen + think(seen));
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_module; }
    void reseed(std::uint64_t seed) override { m_random.reseed(seed); }

private:
    torch::Tensor dropped(const torch::Tensor &tensor) { return m_module->is_training() && m_dropout > 0 ? m_random.dropped(tensor, m_dropout) : tensor; }

    torch::Tensor lookAround(const torch::Tensor &input)
    {
        AttentionPlan plan = m_plan;
        plan.dropout = m_module->is_training() ? m_dropout : 0;
        return dropped(attend(*m_module->attention, plan, input, input, input, m_random).output);
    }

    torch::Tensor think(const torch::Tensor &input)
    {
        const torch::Tensor inner = linearProduct(input, m_module->linear1->weight, m_module->linear1->bias);
        return dropped(linearProduct(dropped(m_gelu ? torch::gelu(inner) : torch::relu(inner)), m_module->linear2->weight, m_module->linear2->bias));
    }

    std::shared_ptr<EncoderModule> m_module;
    AttentionPlan m_plan;
    double m_dropout;
    bool m_gelu;
    bool m_normFirst;
    DropoutRandom m_random;
};

} // namespace

NodeSpec transformer_encoder_layer()
{
    return {
        .type = "TransformerEncoderLayer",
        .category = Category::Layer,
        .group = kSequencesGroup,
        .keywords = {"transformer", "encoder", "self-attention", "BERT", "ViT", "block"},
        .doc = "One layer of a transformer: every step looks at all steps, then thinks by itself, each with a skip connection and a norm.",
        .inputs = {{.name = "input", .doc = "Sequences: N×steps×features."}},
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("nhead", 4).range(1, 1024).doc("How many attend side by side; must divide the number of features."),
            ParamDecl::integer("dim_feedforward", 128).range(1, 1'000'000).doc("How many numbers each step thinks with, between the two linear layers."),
            ParamDecl::real("dropout", 0.1).range(0, 1).doc("Probability of zeroing a number while training."),
            ParamDecl::choice("activation", "relu", {"relu", "gelu"}).doc("The bend between the two linear layers."),
            ParamDecl::flag("norm_first", false).doc("Puts the norms before attention and linear layers: deep ones then learn without a warm-up."),
            causalParam(),
            initialWeights(),
        },
        .infer = inferEncoder,
        .explain = explainEncoder,
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            return std::make_shared<EncoderLayer>(in.at(0)[2], params);
        },
    };
}

} // namespace netloom::nodes
