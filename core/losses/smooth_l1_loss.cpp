// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss_rules.h"
#include "losses/number_loss.h"

namespace netloom::nodes {

NodeSpec smooth_l1_loss()
{
    return {
        .type = "SmoothL1Loss",
        .category = Category::Loss,
        .keywords = {"smooth", "Huber", "regression", "robust", "head"},
        .doc = "Squared for differences below beta, absolute above: smooth near the truth as MSELoss, and not disturbed by wild values.",
        .inputs = lossInputs(),
        .params = headParams({ParamDecl::real("beta", 1).range(0, 1e6).doc(
            "Where the square turns into a line; 0 is the L1Loss.")}),
        .infer = inferNumberLoss,
        .buildLoss = [](const Params &params) -> std::shared_ptr<Loss> {
            return std::make_shared<NumberLoss>([beta = params.real("beta")](const torch::Tensor &output, const torch::Tensor &wanted) {
                return torch::smooth_l1_loss(output, wanted, at::Reduction::Mean, beta);
            });
        },
    };
}

} // namespace netloom::nodes
