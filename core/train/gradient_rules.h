// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <torch/torch.h>

#include <optional>
#include <vector>

namespace netloom {

/// L1, L2 or both, on weights but not on biases and the scales of norms: added to their gradients, apart from the loss.
class WeightPenalty {
public:
    WeightPenalty(const Params &recipe, const std::vector<torch::Tensor> &parameters);

    bool active() const { return m_l1 > 0 || m_l2 > 0; }
    void addToGradients();
    /// λ₁·Σ|w| + λ₂/2·Σw², a scalar.
    torch::Tensor value() const;

private:
    double m_l1 = 0, m_l2 = 0;
    std::vector<torch::Tensor> m_weights;
};

/// Keeps gradients from exploding: all scaled to one length together, or each number cut.
class GradientClip {
public:
    GradientClip(const Params &recipe, std::vector<torch::Tensor> parameters);

    bool active() const { return m_rule != Rule::None; }
    void apply();
    /// The length of all gradients together: before the last apply(), or where nothing is clipped as they are now.
    double norm() const;
    /// The share of the steps (norm) or of the numbers (value) that was clipped since the last call; nothing where nothing is.
    std::optional<double> takeClippedShare();

private:
    enum class Rule { None, Norm, Value };
    std::vector<torch::Tensor> gradients() const;

    Rule m_rule = Rule::None;
    double m_limit = 0;
    std::vector<torch::Tensor> m_parameters;
    double m_norm = 0;
    double m_clipped = 0, m_all = 0; ///< since the last takeClippedShare()
};

/// Scales the weights that lead into one unit down to a largest length.
class MaxNorm {
public:
    MaxNorm(const Params &recipe, const std::vector<torch::Tensor> &parameters);

    bool active() const { return m_limit > 0; }
    void apply();
    /// The share of the units that are at the limit.
    double shareAtLimit() const;

private:
    double m_limit = 0;
    std::vector<torch::Tensor> m_weights;
};

} // namespace netloom
