// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/flat_optimizer.h"

#include "train/checkpoint.h"
#include "train/step_kernels.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

// As in torch::optim.
constexpr double kEpsilon = 1e-8;
constexpr double kAdagradEpsilon = 1e-10;

constexpr char kFirst[] = "optimizer/first";
constexpr char kSecond[] = "optimizer/second";
constexpr char kSteps[] = "optimizer/steps";

float number(double value)
{
    return static_cast<float>(value);
}

/// Whether the numbers of two tensors of equal sizes lie in the same order.
bool sameOrder(const torch::Tensor &one, const torch::Tensor &other)
{
    for (std::int64_t axis = 0; axis < one.dim(); ++axis) {
        if (one.size(axis) != 1 && one.stride(axis) != other.stride(axis))
            return false;
    }
    return true;
}

torch::Tensor copyOf(const std::vector<float> &numbers)
{
    return torch::from_blob(const_cast<float *>(numbers.data()), {static_cast<std::int64_t>(numbers.size())}, torch::kFloat32).clone();
}

void restore(std::vector<float> &numbers, const TrainState &state, const char *name)
{
    const torch::Tensor plain = tensorIn(state, name).contiguous();
    if (plain.scalar_type() != torch::kFloat32 || plain.numel() != static_cast<std::int64_t>(numbers.size()))
        throw std::runtime_error("The checkpoint holds another optimizer's state ('" + std::string(name) + "'): it belongs to another recipe or network.");
    std::copy_n(plain.data_ptr<float>(), numbers.size(), numbers.begin());
}

} // namespace

FlatOptimizer::FlatOptimizer(const Params &recipe, std::vector<ParameterGroup> groups)
    : m_rule(recipe.text("optimizer")), m_lr(recipe.real("lr")), m_momentum(recipe.real("momentum")), m_nesterov(recipe.flag("nesterov")),
      m_decay(recipe.real("weight_decay")), m_alpha(recipe.real("alpha")), m_groups(std::move(groups))
{
    std::tie(m_beta1, m_beta2) = betasOf(recipe);
    std::size_t numbers = 0;
    for (const ParameterGroup &group : m_groups) {
        for (const torch::Tensor &parameter : group.parameters)
            numbers += static_cast<std::size_t>(parameter.numel());
    }
    const bool adam = m_rule == "Adam" || m_rule == "AdamW";
    if (adam || m_rule == "Lion" || (m_rule == "SGD" && m_momentum != 0))
        m_first.assign(numbers, 0.0f);
    if (adam || m_rule == "RMSprop" || m_rule == "Adagrad")
        m_second.assign(numbers, 0.0f);
}

bool FlatOptimizer::takes(const torch::Tensor &parameter)
{
    return parameter.is_cpu() && parameter.scalar_type() == torch::kFloat32 && parameter.is_non_overlapping_and_dense();
}

void FlatOptimizer::forgetGradients()
{
    for (ParameterGroup &group : m_groups) {
        for (torch::Tensor &parameter : group.parameters)
            parameter.mutable_grad().reset();
    }
}

void FlatOptimizer::step(const Again &)
{
    const torch::NoGradGuard noGrad;
    ++m_steps;
    std::size_t moments = 0;
    for (ParameterGroup &group : m_groups) {
        for (torch::Tensor &parameter : group.parameters) {
            stepTensor(parameter, m_lr * group.lrScale, moments);
            moments += static_cast<std::size_t>(parameter.numel());
        }
    }
}

/// Steps one tensor, whose moments begin at @p moments in their block.
void FlatOptimizer::stepTensor(torch::Tensor &parameter, double lr, std::size_t moments)
{
    torch::Tensor slopes = parameter.grad();
    if (!slopes.defined())
        return;
    if (!sameOrder(slopes, parameter))
        slopes = torch::empty_like(parameter).copy_(slopes);
    stepBy(lr, static_cast<std::size_t>(parameter.numel()), slopes.data_ptr<float>(), m_first.empty() ? nullptr : m_first.data() + moments,
        m_second.empty() ? nullptr : m_second.data() + moments, parameter.data_ptr<float>());
}

void FlatOptimizer::stepBy(double lr, std::size_t count, const float *gradient, float *first, float *second, float *weights) const
{
    if (m_rule == "SGD") {
        stepSgd({number(lr), number(m_momentum), number(m_decay), m_nesterov}, count, gradient, first, weights);
    } else if (m_rule == "RMSprop") {
        stepRmsprop({number(lr), number(m_alpha), number(1 - m_alpha), number(kEpsilon), number(m_decay)}, count, gradient, second, weights);
    } else if (m_rule == "Adagrad") {
        stepAdagrad({number(lr), number(kAdagradEpsilon), number(m_decay)}, count, gradient, second, weights);
    } else if (m_rule == "Lion") {
        stepLion({number(lr), number(m_beta1), number(1 - m_beta1), number(m_beta2), number(1 - m_beta2), number(1 - lr * m_decay)}, count, gradient, first,
            weights);
    } else {
        const bool apart = m_rule == "AdamW";
        const auto steps = static_cast<double>(m_steps);
        const AdamStep step{.beta1 = number(m_beta1), .beta2 = number(m_beta2), .rest1 = number(1 - m_beta1),
            .rest2 = number(1 - m_beta2), .epsilon = number(kEpsilon),
            .stepSize = number(lr / (1 - std::pow(m_beta1, steps))), .rootBias = number(std::sqrt(1 - std::pow(m_beta2, steps))),
            .decay = apart ? 0.0f : number(m_decay), .shrink = apart ? number(1 - lr * m_decay) : 1.0f};
        stepAdam(step, count, gradient, first, second, weights);
    }
}

void FlatOptimizer::save(TrainState &state) const
{
    putWhole(state, kSteps, {m_steps});
    if (!m_first.empty())
        state.tensors.emplace_back(kFirst, copyOf(m_first));
    if (!m_second.empty())
        state.tensors.emplace_back(kSecond, copyOf(m_second));
}

void FlatOptimizer::load(const TrainState &state)
{
    if (!m_first.empty())
        restore(m_first, state, kFirst);
    if (!m_second.empty())
        restore(m_second, state, kSecond);
    m_steps = wholeIn(state, kSteps, 1).front();
}

} // namespace netloom
