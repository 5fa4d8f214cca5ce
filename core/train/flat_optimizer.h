// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/optimizers.h"

namespace netloom {

/// Every optimizer but LBFGS in one pass over all weights, with the moments in one block: LibTorch's take a dozen operations for every tensor,
/// which costs a small network more time than its matrix products. Gradients are taken where backward() left them.
class FlatOptimizer final : public Optimizer {
public:
    FlatOptimizer(const Params &recipe, std::vector<ParameterGroup> groups);

    /// Whether a parameter is of the kind that this one works on: numbers of 32 bit in one piece on the CPU.
    static bool takes(const torch::Tensor &parameter);

    void forgetGradients() override;
    void step(const Again &again = {}) override;
    void setLearningRate(double lr) override { m_lr = lr; }
    void save(TrainState &state) const override;
    void load(const TrainState &state) override;

private:
    void stepTensor(torch::Tensor &parameter, double lr, std::size_t moments);
    void stepBy(double lr, std::size_t count, const float *gradient, float *first, float *second, float *weights) const;

    std::string m_rule;
    double m_lr = 0;
    double m_momentum = 0;
    bool m_nesterov = false;
    double m_decay = 0;
    double m_alpha = 0; ///< RMSprop's
    double m_beta1 = 0, m_beta2 = 0;
    std::int64_t m_steps = 0;
    std::vector<ParameterGroup> m_groups;
    std::vector<float> m_first;  ///< velocities, or means
    std::vector<float> m_second; ///< mean squares, or their sums
};

} // namespace netloom
