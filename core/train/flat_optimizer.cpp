// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/flat_optimizer.h"

#include "train/checkpoint.h"
#include "train/step_kernels.h"

#include <cmath>

namespace netloom {

namespace {

// As in torch::optim.
constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

/// Whether the numbers of two tensors of equal sizes lie in the same order.
bool sameOrder(const torch::Tensor &one, const torch::Tensor &other)
{
    for (std::int64_t axis = 0; axis < one.dim(); ++axis) {
        if (one.size(axis) != 1 && one.stride(axis) != other.stride(axis))
            return false;
    }
    return true;
}

} // namespace

FlatOptimizer::FlatOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters)
    : m_rule(recipe.text("optimizer")), m_lr(recipe.real("lr")), m_momentum(recipe.real("momentum")), m_decay(recipe.real("weight_decay")),
      m_parameters(std::move(parameters))
{
    std::size_t numbers = 0;
    for (const torch::Tensor &parameter : m_parameters)
        numbers += static_cast<std::size_t>(parameter.numel());
    if (m_rule != "SGD" || m_momentum != 0)
        m_first.assign(numbers, 0.0f);
    if (m_rule != "SGD")
        m_second.assign(numbers, 0.0f);
}

bool FlatOptimizer::takes(const torch::Tensor &parameter)
{
    return parameter.is_cpu() && parameter.scalar_type() == torch::kFloat32 && parameter.is_non_overlapping_and_dense();
}

void FlatOptimizer::forgetGradients()
{
    for (torch::Tensor &parameter : m_parameters)
        parameter.mutable_grad().reset();
}

void FlatOptimizer::step()
{
    const torch::NoGradGuard noGrad;
    ++m_steps;
    std::size_t moments = 0;
    for (torch::Tensor &parameter : m_parameters) {
        stepTensor(parameter, moments);
        moments += static_cast<std::size_t>(parameter.numel());
    }
}

void FlatOptimizer::save(TrainState &state) const
{
    putWhole(state, "optimizer/steps", {m_steps});
    state.tensors.emplace_back("optimizer/first", torch::tensor(at::ArrayRef<float>(m_first)));
    state.tensors.emplace_back("optimizer/second", torch::tensor(at::ArrayRef<float>(m_second)));
}

void FlatOptimizer::load(const TrainState &state)
{
    const auto take = [&state](const std::string &name, std::vector<float> &moments) {
        const torch::Tensor &kept = tensorIn(state, name);
        if (kept.scalar_type() != torch::kFloat32 || static_cast<std::size_t>(kept.numel()) != moments.size())
            throw std::runtime_error("The checkpoint's optimizer is of another network: train anew.");
        std::copy_n(kept.data_ptr<float>(), moments.size(), moments.begin());
    };
    m_steps = wholeIn(state, "optimizer/steps", 1).front();
    take("optimizer/first", m_first);
    take("optimizer/second", m_second);
}

/// Steps one tensor, whose moments begin at @p moments in their block.
void FlatOptimizer::stepTensor(torch::Tensor &parameter, std::size_t moments)
{
    torch::Tensor slopes = parameter.grad();
    if (!slopes.defined())
        return;
    if (!sameOrder(slopes, parameter))
        slopes = torch::empty_like(parameter).copy_(slopes);
    const float *gradient = slopes.data_ptr<float>();
    float *weights = parameter.data_ptr<float>();
    const auto count = static_cast<std::size_t>(parameter.numel());
    const auto number = [](double value) { return static_cast<float>(value); };
    if (m_rule == "SGD") {
        stepSgd({number(m_lr), number(m_momentum), number(m_decay)}, count, gradient,
            m_first.empty() ? nullptr : m_first.data() + moments, weights);
        return;
    }
    const bool apart = m_rule == "AdamW";
    const auto steps = static_cast<double>(m_steps);
    const AdamStep step{.beta1 = number(kBeta1), .beta2 = number(kBeta2), .rest1 = number(1 - kBeta1),
        .rest2 = number(1 - kBeta2), .epsilon = number(kEpsilon),
        .stepSize = number(m_lr / (1 - std::pow(kBeta1, steps))), .rootBias = number(std::sqrt(1 - std::pow(kBeta2, steps))),
        .decay = apart ? 0.0f : number(m_decay), .shrink = apart ? number(1 - m_lr * m_decay) : 1.0f};
    stepAdam(step, count, gradient, m_first.data() + moments, m_second.data() + moments, weights);
}

} // namespace netloom
