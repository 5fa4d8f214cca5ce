// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/lion.h"

#include "train/checkpoint.h"

namespace netloom {

namespace {

std::string nameOf(std::size_t index)
{
    return std::string("optimizer/mean").append(std::to_string(index));
}

} // namespace

Lion::Lion(const Params &recipe, std::vector<ParameterGroup> groups)
    : m_lr(recipe.real("lr")), m_decay(recipe.real("weight_decay")), m_groups(std::move(groups))
{
    std::tie(m_beta1, m_beta2) = betasOf(recipe);
    for (const ParameterGroup &group : m_groups) {
        for (const torch::Tensor &parameter : group.parameters)
            m_means.push_back(torch::zeros_like(parameter.detach()));
    }
}

void Lion::forgetGradients()
{
    for (ParameterGroup &group : m_groups) {
        for (torch::Tensor &parameter : group.parameters)
            parameter.mutable_grad().reset();
    }
}

void Lion::step(const Again &)
{
    const torch::NoGradGuard noGrad;
    auto mean = m_means.begin();
    for (ParameterGroup &group : m_groups) {
        const double lr = m_lr * group.lrScale;
        for (torch::Tensor &parameter : group.parameters) {
            if (const torch::Tensor gradient = parameter.grad(); gradient.defined()) {
                if (m_decay != 0)
                    parameter.mul_(1 - lr * m_decay);
                parameter.sub_(torch::sign(*mean * m_beta1 + gradient * (1 - m_beta1)), lr);
                mean->mul_(m_beta2).add_(gradient, 1 - m_beta2);
            }
            ++mean;
        }
    }
}

void Lion::save(TrainState &state) const
{
    for (std::size_t index = 0; index < m_means.size(); ++index)
        state.tensors.emplace_back(nameOf(index), m_means[index].to(torch::kCPU).clone());
}

void Lion::load(const TrainState &state)
{
    for (std::size_t index = 0; index < m_means.size(); ++index) {
        const torch::Tensor &mean = tensorIn(state, nameOf(index));
        if (mean.sizes() != m_means[index].sizes())
            throw std::runtime_error("The checkpoint holds another optimizer's state: it belongs to another recipe or network.");
        m_means[index].copy_(mean);
    }
}

} // namespace netloom
