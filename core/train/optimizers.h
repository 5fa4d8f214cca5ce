// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "train/train_state.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace netloom {

/// Turns gradients into steps of the weights.
class Optimizer {
public:
    virtual ~Optimizer() = default;
    /// Before each backward(): gradients of the last step count no more.
    virtual void forgetGradients() = 0;
    virtual void step() = 0;
    /// From the next step on.
    virtual void setLearningRate(double lr) = 0;
    virtual void save(TrainState &state) const = 0;
    /// Throws std::runtime_error where the state is another optimizer's.
    virtual void load(const TrainState &state) = 0;
};

/// The recipe's optimizer (see recipeDecls()) over @p parameters: the flat one on the CPU, LibTorch's elsewhere.
std::unique_ptr<Optimizer> makeOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters);

/// LibTorch's own, which makeOptimizer()'s agrees with to 1e-6.
std::unique_ptr<torch::optim::Optimizer> makeTorchOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters);

} // namespace netloom
