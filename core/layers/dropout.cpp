// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/random_mask.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

/// torch::nn::Dropout with random numbers of its own on the CPU, so that nothing else in the program changes a training.
class DropoutLayer final : public Layer {
public:
    explicit DropoutLayer(double p) : m_dropout(p) {}

    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        const torch::Tensor &input = in.at(0);
        const double p = m_dropout->options.p();
        if (!m_dropout->is_training() || !input.is_cpu() || input.scalar_type() != torch::kFloat32 || p >= 1)
            return m_dropout->forward(input);
        const torch::Tensor mask = torch::empty_like(input.detach());
        fillMask(mask.data_ptr<float>(), static_cast<std::size_t>(mask.numel()), p, static_cast<float>(1 / (1 - p)), m_seed++);
        return input * mask;
    }
    void reseed(std::uint64_t seed) override { m_seed = seed; }
    std::shared_ptr<torch::nn::Module> module() const override { return m_dropout.ptr(); }

private:
    torch::nn::Dropout m_dropout;
    std::uint64_t m_seed = 0; ///< of the next mask
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
