// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class NegativeLogLikelihood final : public Loss {
public:
    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        if (target.dim() == 1)
            return torch::nll_loss(output, target, m_classWeights);
        const torch::Tensor weighed = m_classWeights.defined() ? target * m_classWeights : target;
        return -(output * weighed.to(output.scalar_type())).sum(1).mean();
    }
    void weighClasses(const torch::Tensor &weights) override { m_classWeights = weights; }
    torch::Tensor probabilities(const torch::Tensor &output) override { return output.softmax(1); } // exp() where they are log-probabilities
    torch::Tensor predictions(const torch::Tensor &output) override { return output.argmax(1); }

private:
    torch::Tensor m_classWeights;
};

} // namespace

NodeSpec nll_loss()
{
    return {
        .type = "NLLLoss",
        .category = Category::Loss,
        .keywords = {"negative log likelihood", "log probability", "classification", "LogSoftmax", "head"},
        .doc = "For choosing one of several classes, from log-probabilities: put LogSoftmax before it. Both together are CrossEntropyLoss.",
        .inputs = lossInputs(),
        .params = headParams(),
        .infer = inferClassLoss,
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> { return std::make_shared<NegativeLogLikelihood>(); },
    };
}

} // namespace netloom::nodes
