// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/number_loss.h"

#include "losses/loss_rules.h"

namespace netloom {

namespace {

/// N×width: the numbers, the shares, or 1 for the right class and 0 for the others.
torch::Tensor wantedFor(const torch::Tensor &target, std::int64_t width)
{
    if (target.dim() == 2)
        return width == 1 ? target.narrow(1, 1, 1) : target;
    return width == 1 ? target.unsqueeze(1) : torch::one_hot(target, width);
}

std::optional<Misfit> needsOneNumber(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in[1] == 1)
        return std::nullopt;
    return Misfit{"not-one-score", "needs one number for each sample (N×1), since the data gives one to learn, but gets " + in.toString(),
        "set out_features of the last Linear to 1"};
}

} // namespace

torch::Tensor NumberLoss::forward(const torch::Tensor &output, const torch::Tensor &target)
{
    return m_difference(output, wantedFor(target, output.size(1)).to(output.scalar_type()));
}

torch::Tensor NumberLoss::probabilities(const torch::Tensor &output)
{
    if (output.size(1) == 1) {
        const torch::Tensor p = output.clamp(0, 1);
        return torch::cat({1 - p, p}, 1);
    }
    const torch::Tensor clipped = output.clamp_min(0);
    const torch::Tensor sum = clipped.sum(1, true);
    return torch::where(sum > 0, clipped / sum, output.softmax(1));
}

torch::Tensor NumberLoss::predictions(const torch::Tensor &output)
{
    return output.size(1) == 1 ? output.squeeze(1).gt(0.5).to(torch::kLong) : output.argmax(1);
}

InferResult inferNumberLoss(const InferInput &input)
{
    if (auto misfit = needsOneClassEach(input))
        return *misfit;
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
}

} // namespace netloom
