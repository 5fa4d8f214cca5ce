// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class BinaryCrossEntropy final : public Loss {
public:
    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        return output.size(1) == 1 ? oneScore(output.squeeze(1), target) : scoreForEach(output, target);
    }
    void weighClasses(const torch::Tensor &weights) override { m_classWeights = weights; }

    /// N×1: of both classes. N×classes: of each class by itself, so that a row needn't add up to 1.
    torch::Tensor probabilities(const torch::Tensor &output) override
    {
        const torch::Tensor p = output.sigmoid();
        return output.size(1) == 1 ? torch::cat({1 - p, p}, 1) : p;
    }
    torch::Tensor predictions(const torch::Tensor &output) override
    {
        return output.size(1) == 1 ? output.squeeze(1).gt(0).to(torch::kLong) : output.argmax(1);
    }

private:
    torch::Tensor oneScore(const torch::Tensor &score, const torch::Tensor &target) const
    {
        const bool shares = target.dim() == 2;
        const torch::Tensor second = shares ? target.select(1, 1) : target;
        torch::Tensor weights;
        if (m_classWeights.defined())
            weights = shares ? torch::matmul(target, m_classWeights) : m_classWeights.index_select(0, target);
        return torch::binary_cross_entropy_with_logits(score, second.to(score.scalar_type()), weights);
    }

    torch::Tensor scoreForEach(const torch::Tensor &output, const torch::Tensor &target) const
    {
        const torch::Tensor truth = target.dim() == 2 ? target : torch::one_hot(target, output.size(1));
        return torch::binary_cross_entropy_with_logits(output, truth.to(output.scalar_type()), m_classWeights);
    }

    torch::Tensor m_classWeights; ///< one for each class, or undefined
};

} // namespace

NodeSpec bce_with_logits_loss()
{
    return {
        .type = "BCEWithLogitsLoss",
        .category = Category::Loss,
        .keywords = {"binary cross entropy", "BCE", "sigmoid", "two classes", "yes or no", "logistic regression", "multi-label", "head"},
        .doc = "For telling two classes apart with one number: above 0 means the second class. With a score for each class it asks of each by itself, yes or "
               "no, as samples with several labels need it. Takes raw numbers; the sigmoid is inside.",
        .inputs = lossInputs(),
        .params = headParams(),
        .infer = [](const InferInput &input) -> InferResult {
            if (auto misfit = needsClasses(input))
                return *misfit;
            if (auto misfit = needsScores(input))
                return *misfit;
            const std::int64_t scores = input.in.at(0)[1];
            if (input.facts.severalLabels) {
                if (auto misfit = needsScorePerClass(input))
                    return *misfit;
            } else if (scores == 1) {
                if (auto misfit = needsTwoClasses(input))
                    return *misfit;
            } else if (input.facts.classCount() == 2 && scores != 2) {
                return Misfit{"not-one-score", "needs one number for each sample (N×1) but gets " + input.in.at(0).toString(),
                    "set out_features of the last Linear to 1"};
            } else if (auto misfit = needsScorePerClass(input)) {
                return *misfit;
            }
            return Inferred{};
        },
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> { return std::make_shared<BinaryCrossEntropy>(); },
    };
}

} // namespace netloom::nodes
