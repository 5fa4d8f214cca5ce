// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss_rules.h"
#include "losses/number_loss.h"

namespace netloom::nodes {

NodeSpec mse_loss()
{
    return {
        .type = "MSELoss",
        .category = Category::Loss,
        .keywords = {"mean squared error", "L2", "regression", "least squares", "head"},
        .doc = "The mean of the squared differences: to the number to be learned, or where classes are learned to 1 for the right class and 0 for the "
               "others. CrossEntropyLoss learns classes faster.",
        .inputs = lossInputs(),
        .params = headParams(),
        .infer = inferNumberLoss,
        .buildLoss = [](const Params &) -> std::shared_ptr<Loss> {
            return std::make_shared<NumberLoss>([](const torch::Tensor &output, const torch::Tensor &wanted) { return torch::mse_loss(output, wanted); });
        },
    };
}

} // namespace netloom::nodes
