// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss.h"
#include "losses/loss_rules.h"

namespace netloom::nodes {
namespace {

class MeanSquaredError final : public Loss {
public:
    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override
    {
        return torch::mse_loss(output, wanted(target, output.size(1)).to(output.scalar_type()));
    }

    /// N×1: the number clipped to 0..1. N×classes: the scores above 0 as shares; a softmax where no score is above 0.
    torch::Tensor probabilities(const torch::Tensor &output) override
    {
        if (output.size(1) == 1) {
            const torch::Tensor p = output.clamp(0, 1);
            return torch::cat({1 - p, p}, 1);
        }
        const torch::Tensor clipped = output.clamp_min(0);
        const torch::Tensor sum = clipped.sum(1, true);
        return torch::where(sum > 0, clipped / sum, output.softmax(1));
    }
    torch::Tensor predictions(const torch::Tensor &output) override
    {
        return output.size(1) == 1 ? output.squeeze(1).gt(0.5).to(torch::kLong) : output.argmax(1);
    }

private:
    /// N×width: the numbers, the shares, or 1 for the right class and 0 for the others.
    static torch::Tensor wanted(const torch::Tensor &target, std::int64_t width)
    {
        if (target.dim() == 2)
            return width == 1 ? target.narrow(1, 1, 1) : target;
        return width == 1 ? target.unsqueeze(1) : torch::one_hot(target, width);
    }
};

std::optional<Misfit> needsOneNumber(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in[1] == 1)
        return std::nullopt;
    return Misfit{"not-one-score", "needs one number for each sample (N×1), since the data gives one to learn, but gets " + in.toString(),
        "set out_features of the last Linear to 1"};
}

} // namespace

NodeSpec mse_loss()
{
    return {
        .type = "MSELoss",
        .category = Category::Loss,
        .keywords = {"mean squared error", "L2", "regression", "least squares", "head"},
        .doc = "The mean of the squared differences: to the number to be learned, or where classes are learned to 1 for the right class and 0 for the "
               "others. CrossEntropyLoss learns classes faster.",
        .inputs = lossInputs(),
        .infer = [](const InferInput &input) -> InferResult {
            if (auto misfit = needsScores(input))
                return *misfit;
            if (input.facts.learnsNumber) {
                if (auto misfit = needsOneNumber(input))
                    return *misfit;
            } else if (input.in.at(0)[1] == 1) {
                if (auto misfit = needsTwoClasses(input))
                    return *misfit;
            } else if (auto misfit = needsScorePerClass(input)) {
                return *misfit;
            }
            return Inferred{};
        },
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> { return std::make_shared<MeanSquaredError>(); },
    };
}

} // namespace netloom::nodes
