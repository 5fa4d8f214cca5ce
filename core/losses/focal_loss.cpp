// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

/// (1 - p)^γ times the cross-entropy, with p the probability of what is true (Lin et al. 2017, "Focal Loss for Dense Object Detection").
class Focal final : public Loss {
public:
    explicit Focal(double gamma) : m_gamma(gamma) {}

    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        return output.size(1) == 1 ? binary(output.squeeze(1), target) : several(output, target);
    }
    void weighClasses(const torch::Tensor &weights) override { m_classWeights = weights; }
    torch::Tensor probabilities(const torch::Tensor &output) override
    {
        if (output.size(1) > 1)
            return output.softmax(1);
        const torch::Tensor p = output.sigmoid();
        return torch::cat({1 - p, p}, 1);
    }
    torch::Tensor predictions(const torch::Tensor &output) override
    {
        return output.size(1) == 1 ? output.squeeze(1).gt(0).to(torch::kLong) : output.argmax(1);
    }

private:
    torch::Tensor several(const torch::Tensor &output, const torch::Tensor &target) const
    {
        const bool labels = target.dim() == 1;
        const torch::Tensor truth = (labels ? torch::one_hot(target, output.size(1)) : target).to(output.scalar_type());
        const torch::Tensor logs = output.log_softmax(1);
        torch::Tensor terms = -truth * logs * (1 - logs.exp()).pow(m_gamma);
        if (!m_classWeights.defined())
            return terms.sum() / output.size(0);
        terms = terms * m_classWeights;
        return labels ? terms.sum() / (truth * m_classWeights).sum() : terms.sum() / output.size(0); // as CrossEntropyLoss
    }

    torch::Tensor binary(const torch::Tensor &score, const torch::Tensor &target) const
    {
        const bool shares = target.dim() == 2;
        const torch::Tensor second = (shares ? target.select(1, 1) : target).to(score.scalar_type());
        const torch::Tensor p = score.sigmoid();
        const torch::Tensor right = p * second + (1 - p) * (1 - second);
        torch::Tensor terms = torch::binary_cross_entropy_with_logits(score, second, {}, {}, at::Reduction::None) * (1 - right).pow(m_gamma);
        if (m_classWeights.defined())
            terms = terms * (m_classWeights[0] * (1 - second) + m_classWeights[1] * second);
        return terms.mean();
    }

    double m_gamma = 2;
    torch::Tensor m_classWeights;
};

} // namespace

NodeSpec focal_loss()
{
    return {
        .type = "FocalLoss",
        .category = Category::Loss,
        .keywords = {"focal", "imbalance", "rare classes", "hard examples", "head"},
        .doc = "Cross-entropy that counts samples less the surer the network already is of them, for data with many easy ones. Takes raw scores: one for each "
               "class, or a single one for two classes.",
        .inputs = lossInputs(),
        .params = headParams({ParamDecl::real("gamma", 2).range(0, 10).doc("How much less sure samples count; 0 is the cross-entropy.")}),
        .infer = [](const InferInput &input) -> InferResult {
            const Shape &in = input.in.at(0);
            if (in.rank() != 2 || in[1] != 1)
                return inferClassLoss(input);
            if (auto misfit = needsClasses(input))
                return *misfit;
            if (auto misfit = needsOneClassEach(input))
                return *misfit;
            if (auto misfit = needsTwoClasses(input))
                return *misfit;
            return Inferred{};
        },
        .buildLoss = [](const Params &params) -> std::shared_ptr<Loss> { return std::make_shared<Focal>(params.real("gamma")); },
    };
}

} // namespace netloom::nodes
