// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/optimizers.h"

namespace netloom {

/// SGD, Adam and AdamW in one pass over all weights, with the moments in one block: LibTorch's take a dozen operations for every tensor,
/// which costs a small network more time than its matrix products. Gradients are taken where backward() left them.
class FlatOptimizer final : public Optimizer {
public:
    FlatOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters);

    /// Whether a parameter is of the kind that this one works on: numbers of 32 bit in one piece on the CPU.
    static bool takes(const torch::Tensor &parameter);

    void forgetGradients() override;
    void step() override;
    void setLearningRate(double lr) override { m_lr = lr; }
    void save(TrainState &state) const override;
    void load(const TrainState &state) override;

private:
    void stepTensor(torch::Tensor &parameter, std::size_t moments);

    std::string m_rule;
    double m_lr = 0;
    double m_momentum = 0;
    double m_decay = 0;
    std::int64_t m_steps = 0;
    std::vector<torch::Tensor> m_parameters;
    std::vector<float> m_first;  ///< velocities, or means
    std::vector<float> m_second; ///< mean squares
};

} // namespace netloom
