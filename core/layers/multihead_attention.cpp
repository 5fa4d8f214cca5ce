// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/attention.h"
#include "layers/layer.h"
#include "layers/recurrent.h"

namespace netloom::nodes {
namespace {

/// The sequence that is looked at: the second wire, or the only one.
const Shape &lookedAt(const ShapeList &in) { return in.size() > 1 ? in[1] : in[0]; }

InferResult inferAttention(const InferInput &input)
{
    if (input.in.size() > 3)
        return Misfit{"too-many-inputs", "takes at most three wires (queries, keys, values) but has " + std::to_string(input.in.size()), "remove one", "inputs"};
    for (const Shape &shape : input.in) {
        const ShapeList one{shape};
        if (auto misfit = needsSteps({input.params, one, input.facts})) {
            misfit->port = "inputs";
            return *misfit;
        }
        if (shape[2] != input.in[0][2])
            return Misfit{"shapes-differ", "needs inputs of equally many features but gets " + input.in[0].toString() + " and " + shape.toString(),
                "add a Linear before one of them", "inputs"};
    }
    const Shape &query = input.in[0];
    const Shape &key = lookedAt(input.in);
    if (input.in.size() == 3 && input.in[2][1] != key[1] && input.in[2][1] != Shape::kUnknown && key[1] != Shape::kUnknown)
        return Misfit{"shapes-differ", "needs keys and values of equally many steps but gets " + key.toString() + " and " + input.in[2].toString(),
            "connect keys and values from the same place", "inputs"};
    if (auto misfit = headsFit("num_heads", input.params.integer("num_heads"), query[2])) {
        misfit->port = "inputs";
        return *misfit;
    }
    const bool known = query[1] != Shape::kUnknown && key[1] != Shape::kUnknown;
    std::optional<std::int64_t> steps;
    if (const auto each = product({2, query[2], query[2]}); known && each)
        steps = product({*each + 2 * key[1] * query[2], query[1]}).value_or(INT64_MAX) + *each * key[1];
    InferResult result = oneOutput(query, attentionParameters(query[2]), steps);
    if (auto *inferred = std::get_if<Inferred>(&result))
        inferred->outputs.push_back({Shape::kBatch, query[1], key[1]});
    return result;
}

std::vector<std::string> explainAttention(const InferInput &input, const Inferred &inferred)
{
    const Shape &query = input.in[0];
    const Shape &key = lookedAt(input.in);
    const std::string features = std::to_string(query[2]);
    std::vector<std::string> lines{shapeLine("as its first input", inferred.outputs.at(0)),
        formulaLine("parameters", "4·" + features + "·" + features + " weights + 4·" + features + " biases", inferred.parameters)};
    if (query.known() && key.known()) {
        const std::string from = std::to_string(query[1]);
        const std::string to = std::to_string(key[1]);
        lines.push_back(formulaLine("multiply-adds", from + "·2·" + features + "·" + features + " + " + to + "·2·" + features + "·" + features
                + " + 2·" + from + "·" + to + "·" + features, inferred.multiplyAdds));
    }
    return lines;
}

class AttentionLayer final : public LayerWithOutputs {
public:
    AttentionLayer(std::int64_t features, const Params &params)
        : m_attention(torch::nn::MultiheadAttentionOptions(features, params.integer("num_heads"))),
          m_plan{params.integer("num_heads"), 0, params.flag("is_causal")}, m_dropout(params.real("dropout")) {}

    std::vector<torch::Tensor> forwardAll(const std::vector<torch::Tensor> &in) override
    {
        AttentionPlan plan = m_plan;
        plan.dropout = m_attention->is_training() ? m_dropout : 0;
        const torch::Tensor &key = in.size() > 1 ? in[1] : in[0];
        const auto [output, weights] = attend(*m_attention, plan, in[0], key, in.size() > 2 ? in[2] : key, m_random);
        return {output, weights.mean(1)};
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_attention.ptr(); }
    void reseed(std::uint64_t seed) override { m_random.reseed(seed); }

private:
    torch::nn::MultiheadAttention m_attention;
    AttentionPlan m_plan;
    double m_dropout;
    DropoutRandom m_random;
};

} // namespace

NodeSpec multihead_attention()
{
    return {
        .type = "MultiheadAttention",
        .category = Category::Layer,
        .group = kSequencesGroup,
        .keywords = {"attention", "self-attention", "cross-attention", "transformer", "query", "heads"},
        .doc = "Every step of a sequence looks at all steps and takes from each as much as it learned to find useful.",
        .inputs = tensorInputs("One wire: the sequence looks at itself. Two: the first looks at the second. Three: queries, keys and values."),
        .outputs = {{.name = "output", .doc = "What every step took together: as the first input."},
            {.name = "weights", .doc = "How much each step looked at each: N×steps×steps, the mean over the heads."}},
        .params = {
            ParamDecl::integer("num_heads", 4).range(1, 1024).doc("How many attend side by side, each with its part of the features; must divide their number."),
            ParamDecl::real("dropout", 0).range(0, 1).doc("Probability of overlooking a step while training."),
            causalParam(),
            initialWeights(),
        },
        .infer = inferAttention,
        .explain = explainAttention,
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            return std::make_shared<AttentionLayer>(in.at(0)[2], params);
        },
    };
}

} // namespace netloom::nodes
