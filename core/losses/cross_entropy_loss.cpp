// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class CrossEntropy final : public Loss {
public:
    explicit CrossEntropy(double labelSmoothing)
        : m_options(torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(labelSmoothing)) {}

    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        return torch::nn::functional::cross_entropy(output, target, m_options);
    }
    void weighClasses(const torch::Tensor &weights) override { m_options.weight(weights); }
    torch::Tensor probabilities(const torch::Tensor &output) override { return output.softmax(1); }
    torch::Tensor predictions(const torch::Tensor &output) override { return output.argmax(1); }

private:
    torch::nn::functional::CrossEntropyFuncOptions m_options;
};

} // namespace

NodeSpec cross_entropy_loss()
{
    return {
        .type = "CrossEntropyLoss",
        .category = Category::Loss,
        .keywords = {"cross entropy", "classification", "softmax", "log loss", "negative log likelihood", "head"},
        .doc = "For choosing one of several classes: small when the right class has by far the highest score. Takes raw scores; the softmax is inside.",
        .inputs = lossInputs(),
        .params = headParams({ParamDecl::real("label_smoothing", 0).range(0, 1).doc(
            "Spreads this share of the truth over all classes, so that the network gets less sure of itself; 0.1 is usual.")}),
        .infer = inferClassLoss,
        .buildLoss = [](const Params &params) -> std::shared_ptr<Loss> {
            return std::make_shared<CrossEntropy>(params.real("label_smoothing"));
        },
    };
}

} // namespace netloom::nodes
