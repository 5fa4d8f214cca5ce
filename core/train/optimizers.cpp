// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/optimizers.h"

namespace netloom {

std::unique_ptr<torch::optim::Optimizer> makeOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters)
{
    using namespace torch::optim;
    const double lr = recipe.real("lr");
    const double weightDecay = recipe.real("weight_decay");
    const std::string &name = recipe.text("optimizer");
    if (name == "SGD")
        return std::make_unique<SGD>(std::move(parameters), SGDOptions(lr).momentum(recipe.real("momentum")).weight_decay(weightDecay));
    if (name == "AdamW")
        return std::make_unique<AdamW>(std::move(parameters), AdamWOptions(lr).weight_decay(weightDecay));
    return std::make_unique<Adam>(std::move(parameters), AdamOptions(lr).weight_decay(weightDecay));
}

} // namespace netloom
