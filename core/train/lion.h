// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/optimizers.h"

namespace netloom {

/// Lion (Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms"), where FlatOptimizer can't work: on a GPU.
class Lion final : public Optimizer {
public:
    Lion(const Params &recipe, std::vector<ParameterGroup> groups);

    void forgetGradients() override;
    void step(const Again &again = {}) override;
    void setLearningRate(double lr) override { m_lr = lr; }
    void save(TrainState &state) const override;
    void load(const TrainState &state) override;

private:
    double m_lr = 0, m_beta1 = 0, m_beta2 = 0, m_decay = 0;
    std::vector<ParameterGroup> m_groups;
    std::vector<torch::Tensor> m_means; ///< one for each parameter, over all groups
};

} // namespace netloom
