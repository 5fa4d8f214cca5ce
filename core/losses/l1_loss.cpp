// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss_rules.h"
#include "losses/number_loss.h"

namespace netloom::nodes {

NodeSpec l1_loss()
{
    return {
        .type = "L1Loss",
        .category = Category::Loss,
        .keywords = {"mean absolute error", "MAE", "regression", "robust", "head"},
        .doc = "The mean of the absolute differences: a single wild value counts no more than by how much it is off, so it disturbs less than with MSELoss.",
        .inputs = lossInputs(),
        .params = headParams(),
        .infer = inferNumberLoss,
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> {
            return std::make_shared<NumberLoss>([](const torch::Tensor &output, const torch::Tensor &wanted) { return torch::l1_loss(output, wanted); });
        },
    };
}

} // namespace netloom::nodes
