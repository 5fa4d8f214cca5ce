// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <torch/torch.h>

#include <memory>

namespace netloom {

/// The recipe's optimizer (see recipeDecls()) over @p parameters.
std::unique_ptr<torch::optim::Optimizer> makeOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters);

} // namespace netloom
