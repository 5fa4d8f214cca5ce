// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

std::int64_t squeezed(const Params &params, std::int64_t channels)
{
    return std::max<std::int64_t>(1, channels / params.integer("reduction"));
}

InferResult inferSqueeze(const InferInput &input)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    const std::int64_t inner = squeezed(input.params, in[1]);
    const auto weights = product({2, in[1], inner});
    return oneOutput(in, weights ? std::optional(*weights + inner + in[1]) : weights, weights);
}

/// Named as in torchvision.
struct SqueezeModule final : torch::nn::Module {
    SqueezeModule(std::int64_t channels, std::int64_t inner)
        : fc1(register_module("fc1", torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, inner, 1)))),
          fc2(register_module("fc2", torch::nn::Conv2d(torch::nn::Conv2dOptions(inner, channels, 1)))) {}
    torch::nn::Conv2d fc1;
    torch::nn::Conv2d fc2;
};

class SqueezeLayer final : public Layer {
public:
    SqueezeLayer(std::int64_t channels, std::int64_t inner) : m_module(std::make_shared<SqueezeModule>(channels, inner)) {}
    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        const torch::Tensor inner = torch::relu(m_module->fc1(torch::adaptive_avg_pool2d(in.at(0), {1, 1})));
        return in.at(0) * torch::sigmoid(m_module->fc2(inner));
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_module; }

private:
    std::shared_ptr<SqueezeModule> m_module;
};

} // namespace

NodeSpec squeeze_excite()
{
    return {
        .type = "SqueezeExcite",
        .category = Category::Layer,
        .keywords = {"squeeze and excitation", "SE", "channel attention", "SqueezeExcitation", "gate"},
        .doc = "Looks at the mean of every channel and decides how much each of them counts in this picture.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::integer("reduction", 4).range(1, 65536).doc("The decision is made with this many times fewer numbers than there are channels."),
            initialWeights()},
        .infer = inferSqueeze,
        .explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
            const std::string channels = std::to_string(input.in.at(0)[1]);
            const std::string inner = std::to_string(squeezed(input.params, input.in.at(0)[1]));
            return {shapeLine("as its input", inferred.outputs.at(0)),
                formulaLine("parameters", "2·" + channels + "·" + inner + " weights + " + inner + " + " + channels + " biases", inferred.parameters),
                formulaLine("multiply-adds", "2·" + channels + "·" + inner, inferred.multiplyAdds)};
        },
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            return std::make_shared<SqueezeLayer>(in.at(0)[1], squeezed(params, in.at(0)[1]));
        },
    };
}

} // namespace netloom::nodes
