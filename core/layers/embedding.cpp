// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/recurrent.h"

namespace netloom::nodes {
namespace {

InferResult inferEmbedding(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 2)
        return Misfit{"not-flat", "needs rows of whole numbers but gets " + in.toString(), "add Flatten before it"};
    const std::int64_t features = input.params.integer("embedding_dim");
    return oneOutput({Shape::kBatch, in[1], features}, product({input.params.integer("num_embeddings"), features}));
}

class EmbeddingLayer final : public Layer {
public:
    explicit EmbeddingLayer(torch::nn::Embedding embedding) : m_embedding(std::move(embedding)) {}

    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        const torch::Tensor &input = in.at(0);
        const torch::Tensor index = input.detach().to(torch::kInt64);
        if (const torch::Tensor odd = input.detach() != index.to(input.scalar_type()); odd.any().item<bool>())
            throw std::runtime_error("It gets " + std::to_string(input.detach().masked_select(odd)[0].item<double>())
                + ", but it looks up whole numbers: let no scaler come before it.");
        const auto [low, high] = torch::aminmax(index);
        const std::int64_t count = m_embedding->options.num_embeddings();
        if (low.item<std::int64_t>() < 0 || high.item<std::int64_t>() >= count)
            throw std::runtime_error("It gets the number " + std::to_string((low.item<std::int64_t>() < 0 ? low : high).item<std::int64_t>())
                + ", but looks up 0 to " + std::to_string(count - 1) + ": raise num_embeddings, or mend the data.");
        return m_embedding->forward(index);
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_embedding.ptr(); }

private:
    torch::nn::Embedding m_embedding;
};

} // namespace

NodeSpec embedding()
{
    return {
        .type = "Embedding",
        .category = Category::Layer,
        .group = kSequencesGroup,
        .keywords = {"lookup", "word vector", "token", "categories", "text"},
        .doc = "Looks up a learned row of numbers for every whole number it gets, such as the number of a word or of a category.",
        .inputs = {{.name = "input", .doc = "Whole numbers from 0: N×steps."}},
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integer("num_embeddings", 1000).range(1, 10'000'000).doc("How many different numbers there are; the largest is one less."),
            ParamDecl::integer("embedding_dim", 64).range(1, 65536).doc("How many numbers stand for each."),
            initialWeights(),
        },
        .infer = inferEmbedding,
        .explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
            const Shape &out = inferred.outputs.at(0);
            return {asInputLine(axisName(out, 1), out[1]), setByLine(axisName(out, 2), "embedding_dim", out[2]),
                formulaLine("parameters", std::to_string(input.params.integer("num_embeddings")) + "·" + std::to_string(out[2]), inferred.parameters)};
        },
        .buildLayer = [](const Params &params, const ShapeList &) -> std::shared_ptr<Layer> {
            return std::make_shared<EmbeddingLayer>(torch::nn::Embedding(
                torch::nn::EmbeddingOptions(params.integer("num_embeddings"), params.integer("embedding_dim"))));
        },
    };
}

} // namespace netloom::nodes
