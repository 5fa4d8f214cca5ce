// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/line_search.h"
#include "train/optimizers.h"

#include <deque>

namespace netloom {

/// L-BFGS (Liu and Nocedal 1989), step by step as Python's torch.optim.LBFGS; LibTorch's own can be saved neither while it is young nor where
/// filters lie with the channels last, and goes other ways.
class Lbfgs final : public Optimizer {
public:
    Lbfgs(const Params &recipe, ParameterGroup group);

    void forgetGradients() override;
    /// Needs @p again.
    void step(const Again &again = {}) override;
    void setLearningRate(double lr) override { m_lr = lr * m_lrScale; }
    void save(TrainState &state) const override;
    void load(const TrainState &state) override;

private:
    struct Pair {
        torch::Tensor change; ///< of the gradient
        torch::Tensor way;    ///< of the weights
        double ro = 0;        ///< 1 / (change · way)
    };

    torch::Tensor gradient() const;
    void move(double length, const torch::Tensor &direction);
    double lossAgain(const Again &again);
    /// The way to go from here, by what is remembered of the curvature.
    torch::Tensor directionFor(const torch::Tensor &gradient);
    void remember(const torch::Tensor &gradient);
    LinePoint search(const Again &again, const LinePoint &start, std::int64_t &looks);

    double m_lrScale = 1;
    double m_lr = 1;
    std::int64_t m_maxSteps = 20; ///< for each step()
    bool m_searches = false;      ///< along the line for a good length
    std::vector<torch::Tensor> m_parameters;

    std::int64_t m_steps = 0;
    torch::Tensor m_direction, m_lastGradient; ///< of the last step
    double m_length = 0;                       ///< of the last step, in directions
    double m_scale = 1;                        ///< of the inverse Hessian at first
    std::deque<Pair> m_pairs;                  ///< the oldest first
};

} // namespace netloom
