// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class BinaryCrossEntropy final : public Loss {
public:
    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        const bool shares = target.dim() == 2;
        const torch::Tensor second = shares ? target.select(1, 1) : target;
        torch::Tensor weights;
        if (m_classWeights.defined())
            weights = shares ? torch::matmul(target, m_classWeights) : m_classWeights.index_select(0, target);
        return torch::binary_cross_entropy_with_logits(output.squeeze(1), second.to(output.scalar_type()), weights);
    }
    void weighClasses(const torch::Tensor &weights) override { m_classWeights = weights; }
    torch::Tensor probabilities(const torch::Tensor &output) override
    {
        const torch::Tensor p = output.sigmoid();
        return torch::cat({1 - p, p}, 1);
    }
    torch::Tensor predictions(const torch::Tensor &output) override { return output.squeeze(1).gt(0).to(torch::kLong); }

private:
    torch::Tensor m_classWeights; ///< of both classes, or undefined
};

} // namespace

NodeSpec bce_with_logits_loss()
{
    return {
        .type = "BCEWithLogitsLoss",
        .category = Category::Loss,
        .keywords = {"binary cross entropy", "BCE", "sigmoid", "two classes", "yes or no", "logistic regression", "head"},
        .doc = "For telling two classes apart with one number: above 0 means the second class. Takes the raw number; the sigmoid is inside.",
        .inputs = lossInputs(),
        .infer = [](const InferInput &input) -> InferResult {
            if (auto misfit = needsClasses(input))
                return *misfit;
            if (auto misfit = needsTwoClasses(input))
                return *misfit;
            if (auto misfit = needsScores(input))
                return *misfit;
            if (input.in.at(0)[1] != 1)
                return Misfit{"not-one-score", "needs one number for each sample (N×1) but gets " + input.in.at(0).toString(),
                    "set out_features of the last Linear to 1, or use CrossEntropyLoss"};
            return Inferred{};
        },
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> { return std::make_shared<BinaryCrossEntropy>(); },
    };
}

} // namespace netloom::nodes
