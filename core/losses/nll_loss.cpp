// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/log_probability_loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class NegativeLogLikelihood final : public LogProbabilityLoss {
public:
    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        if (target.dim() == 1)
            return torch::nll_loss(output, target, m_classWeights);
        const torch::Tensor weighed = m_classWeights.defined() ? target * m_classWeights : target;
        return -(output * weighed.to(output.scalar_type())).sum(1).mean();
    }
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
