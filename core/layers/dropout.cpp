// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/rules.h"

#include <ATen/CPUGeneratorImpl.h>

namespace netloom::nodes {
namespace {

/// torch::nn::Dropout with random numbers of its own on the CPU, so that nothing else in the program changes a training.
class DropoutLayer final : public Layer {
public:
    /// Draws its seed from LibTorch's global generator, as initial weights do.
    explicit DropoutLayer(double p)
        : m_dropout(p),
          m_generator(at::detail::createCPUGenerator(static_cast<std::uint64_t>(
              torch::randint(std::int64_t{1} << 62, {1}, torch::kInt64).item<std::int64_t>()))) {}

    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        const torch::Tensor &input = in.at(0);
        const double p = m_dropout->options.p();
        if (!m_dropout->is_training() || !input.is_cpu() || p >= 1)
            return m_dropout->forward(input);
        return input * torch::empty_like(input).bernoulli_(1 - p, m_generator).div_(1 - p);
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_dropout.ptr(); }

private:
    torch::nn::Dropout m_dropout;
    at::Generator m_generator;
};

} // namespace

NodeSpec dropout()
{
    return {
        .type = "Dropout",
        .category = Category::Regularization,
        .keywords = {"drop", "regularize", "overfitting", "noise"},
        .doc = "Zeroes each number with probability p while training, so that the network can't lean on single ones; does nothing afterwards.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::real("p", 0.5).range(0, 1).doc("Probability of zeroing a number.")},
        .infer = sameShape,
        .buildLayer = [](const Params &params, const ShapeList &) -> std::shared_ptr<Layer> {
            return std::make_shared<DropoutLayer>(params.real("p"));
        },
    };
}

} // namespace netloom::nodes
