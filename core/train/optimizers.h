// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "train/train_state.h"

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <vector>

namespace netloom {

/// Parameters that learn at the same pace.
struct ParameterGroup {
    std::vector<torch::Tensor> parameters;
    double lrScale = 1; ///< their learning rate is this times the optimizer's
};

/// Turns gradients into steps of the weights.
class Optimizer {
public:
    /// Computes loss and gradients anew, for the weights as they are then.
    using Again = std::function<torch::Tensor()>;

    virtual ~Optimizer() = default;
    /// Before each backward(): gradients of the last step count no more.
    virtual void forgetGradients() = 0;
    /// Steps by the gradients at hand. @p again is for LBFGS, which takes several steps; it is called first for the weights as they are,
    /// where it may give what is known.
    virtual void step(const Again &again = {}) = 0;
    /// From the next step on.
    virtual void setLearningRate(double lr) = 0;

    /// What load() of an optimizer over the same parameters goes on from, bit by bit. load() throws std::runtime_error where it is another's.
    virtual void save(TrainState &state) const = 0;
    virtual void load(const TrainState &state) = 0;
};

/// The recipe's optimizer (see recipeDecls()): the flat one on the CPU, LibTorch's elsewhere. LBFGS knows one learning rate alone: throws
/// std::runtime_error where groups differ.
std::unique_ptr<Optimizer> makeOptimizer(const Params &recipe, std::vector<ParameterGroup> groups);
std::unique_ptr<Optimizer> makeOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters);

/// LibTorch's own, which makeOptimizer()'s agrees with to 1e-6; nullptr for Lion and LBFGS.
std::unique_ptr<torch::optim::Optimizer> makeTorchOptimizer(const Params &recipe, const std::vector<ParameterGroup> &groups);

/// β₁ and β₂ of the recipe's optimizer. Throws std::runtime_error where the recipe gives other than two.
std::pair<double, double> betasOf(const Params &recipe);

} // namespace netloom
