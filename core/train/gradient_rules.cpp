// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/gradient_rules.h"

#include <cmath>

namespace netloom {

namespace {

/// Matrices and filters: what multiplies inputs, neither biases nor the scales of norms.
std::vector<torch::Tensor> weightsOf(const std::vector<torch::Tensor> &parameters)
{
    std::vector<torch::Tensor> weights;
    for (const torch::Tensor &parameter : parameters) {
        if (parameter.dim() > 1)
            weights.push_back(parameter);
    }
    return weights;
}

} // namespace

WeightPenalty::WeightPenalty(const Params &recipe, const std::vector<torch::Tensor> &parameters)
{
    const std::string &kind = recipe.text("penalty");
    if (kind == "none")
        return;
    const double share = kind == "L1" ? 1 : kind == "L2" ? 0 : recipe.real("l1_ratio");
    m_l1 = share * recipe.real("penalty_strength");
    m_l2 = (1 - share) * recipe.real("penalty_strength");
    m_weights = weightsOf(parameters);
}

void WeightPenalty::addToGradients()
{
    const torch::NoGradGuard noGrad;
    for (torch::Tensor &weights : m_weights) {
        torch::Tensor gradient = weights.grad();
        if (!gradient.defined())
            continue;
        if (m_l1 > 0)
            gradient.add_(weights.sign(), m_l1);
        if (m_l2 > 0)
            gradient.add_(weights, m_l2);
    }
}

torch::Tensor WeightPenalty::value() const
{
    const torch::NoGradGuard noGrad;
    torch::Tensor sum = torch::zeros({}, m_weights.empty() ? torch::TensorOptions() : m_weights.front().options().requires_grad(false));
    for (const torch::Tensor &weights : m_weights) {
        if (m_l1 > 0)
            sum += m_l1 * weights.abs().sum();
        if (m_l2 > 0)
            sum += m_l2 / 2 * weights.square().sum();
    }
    return sum;
}

GradientClip::GradientClip(const Params &recipe, std::vector<torch::Tensor> parameters)
    : m_rule(recipe.text("clip") == "norm" ? Rule::Norm : recipe.text("clip") == "value" ? Rule::Value : Rule::None), m_limit(recipe.real("clip_at")),
      m_parameters(std::move(parameters))
{
}

std::vector<torch::Tensor> GradientClip::gradients() const
{
    std::vector<torch::Tensor> found;
    for (const torch::Tensor &parameter : m_parameters) {
        if (parameter.grad().defined())
            found.push_back(parameter.grad());
    }
    return found;
}

void GradientClip::apply()
{
    const torch::NoGradGuard noGrad;
    m_norm = torch::nn::utils::clip_grad_norm_(m_parameters, m_rule == Rule::Norm ? m_limit : INFINITY);
    if (m_rule == Rule::Norm) {
        m_clipped += m_norm > m_limit ? 1 : 0;
        m_all += 1;
        return;
    }
    for (torch::Tensor &gradient : gradients()) {
        m_clipped += gradient.abs().gt(m_limit).sum().item<double>();
        m_all += static_cast<double>(gradient.numel());
        gradient.clamp_(-m_limit, m_limit);
    }
}

double GradientClip::norm() const
{
    if (active())
        return m_norm;
    const torch::NoGradGuard noGrad;
    double squares = 0;
    for (const torch::Tensor &gradient : gradients()) {
        const double length = gradient.norm().item<double>();
        squares += length * length;
    }
    return std::sqrt(squares);
}

std::optional<double> GradientClip::takeClippedShare()
{
    if (!active() || m_all == 0)
        return std::nullopt;
    const double share = m_clipped / m_all;
    m_clipped = m_all = 0;
    return share;
}

MaxNorm::MaxNorm(const Params &recipe, const std::vector<torch::Tensor> &parameters) : m_limit(recipe.real("max_norm"))
{
    if (active())
        m_weights = weightsOf(parameters);
}

void MaxNorm::apply()
{
    const torch::NoGradGuard noGrad;
    for (torch::Tensor &weights : m_weights)
        weights.copy_(weights.renorm(2, 0, m_limit));
}

double MaxNorm::shareAtLimit() const
{
    const torch::NoGradGuard noGrad;
    double limited = 0, all = 0;
    for (const torch::Tensor &weights : m_weights) {
        const torch::Tensor lengths = weights.reshape({weights.size(0), -1}).norm(2, 1);
        limited += lengths.ge(m_limit * 0.9999).sum().item<double>();
        all += static_cast<double>(lengths.numel());
    }
    return all > 0 ? limited / all : 0;
}

} // namespace netloom
