// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss_rules.h"
#include "losses/number_loss.h"

namespace netloom::nodes {

NodeSpec huber_loss()
{
    return {
        .type = "HuberLoss",
        .category = Category::Loss,
        .keywords = {"Huber", "smooth", "regression", "robust", "head"},
        .doc = "Squared for differences below delta, a line above: as SmoothL1Loss times delta, so that a large delta is half the MSELoss.",
        .inputs = lossInputs(),
        .params = headParams({ParamDecl::real("delta", 1).range(1e-6, 1e6).doc(
            "Where the square turns into a line.")}),
        .infer = inferNumberLoss,
        .buildLoss = [](const Params &params) -> std::shared_ptr<Loss> {
            return std::make_shared<NumberLoss>([delta = params.real("delta")](const torch::Tensor &output, const torch::Tensor &wanted) {
                return torch::huber_loss(output, wanted, at::Reduction::Mean, delta);
            });
        },
    };
}

} // namespace netloom::nodes
