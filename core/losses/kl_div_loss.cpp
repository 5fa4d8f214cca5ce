// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/log_probability_loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class KullbackLeibler final : public LogProbabilityLoss {
public:
    /// The mean over the samples of Σ t·(ln t - output), PyTorch's "batchmean"; a label is the distribution that is 1 at its class.
    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        const torch::Tensor truth = (target.dim() == 1 ? torch::one_hot(target, output.size(1)) : target).to(output.scalar_type());
        torch::Tensor terms = torch::kl_div(output, truth, at::Reduction::None);
        if (m_classWeights.defined())
            terms = terms * m_classWeights;
        return terms.sum() / output.size(0);
    }
};

} // namespace

NodeSpec kl_div_loss()
{
    return {
        .type = "KLDivLoss",
        .category = Category::Loss,
        .keywords = {"Kullback-Leibler", "divergence", "distribution", "soft labels", "head"},
        .doc = "How far the network's distribution over the classes is from the true one, such as the shares that MixUp gives. Takes log-probabilities: put "
               "LogSoftmax before it.",
        .inputs = lossInputs(),
        .params = headParams(),
        .infer = inferClassLoss,
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> { return std::make_shared<KullbackLeibler>(); },
    };
}

} // namespace netloom::nodes
