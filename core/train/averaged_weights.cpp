// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/averaged_weights.h"

#include "train/checkpoint.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr char kCount[] = "averaged_weights/count";
constexpr char kPrefix[] = "averaged_weights/";

} // namespace

AveragedWeights::AveragedWeights(const Params &recipe, GraphModule &network)
    : m_rule(recipe.text("averaging") == "EMA" ? Rule::Ema : recipe.text("averaging") == "SWA" ? Rule::Swa : Rule::None), m_decay(recipe.real("ema_decay"))
{
    if (m_rule == Rule::None)
        return;
    const double epochs = static_cast<double>(recipe.integer("epochs"));
    m_firstEpoch = std::min<std::int64_t>(recipe.integer("epochs"), static_cast<std::int64_t>(std::floor(recipe.real("swa_start") * epochs)) + 1);
    m_weights = network.stateDict();
    for (const auto &[name, tensor] : m_weights)
        m_average.push_back(tensor.clone());
}

void AveragedWeights::stepDone()
{
    if (m_rule != Rule::Ema)
        return;
    ++m_count;
    const auto steps = static_cast<double>(m_count);
    approach(1 - std::min(m_decay, (1 + steps) / (10 + steps)));
}

void AveragedWeights::epochDone(std::int64_t epoch)
{
    if (m_rule != Rule::Swa || epoch < m_firstEpoch || epoch <= m_lastEpoch)
        return;
    m_lastEpoch = epoch;
    ++m_count;
    approach(1 / static_cast<double>(m_count));
}

void AveragedWeights::approach(double share)
{
    const torch::NoGradGuard noGrad;
    for (std::size_t index = 0; index < m_average.size(); ++index) {
        const torch::Tensor &now = m_weights[index].second;
        if (now.is_floating_point())
            m_average[index].lerp_(now, share);
        else
            m_average[index].copy_(now); // how many batches a norm has seen
    }
}

void AveragedWeights::exchange()
{
    if (!ready())
        return;
    m_inPlace = !m_inPlace;
    const torch::NoGradGuard noGrad;
    for (std::size_t index = 0; index < m_average.size(); ++index) {
        torch::Tensor &own = m_weights[index].second;
        const torch::Tensor kept = own.clone();
        own.copy_(m_average[index]);
        m_average[index].copy_(kept);
    }
}

void AveragedWeights::save(TrainState &state) const
{
    putWhole(state, kCount, {m_count, m_lastEpoch});
    for (std::size_t index = 0; ready() && index < m_average.size(); ++index)
        state.tensors.emplace_back(kPrefix + m_weights[index].first, m_average[index].to(torch::kCPU).clone());
}

void AveragedWeights::load(const TrainState &state)
{
    const torch::NoGradGuard noGrad;
    const auto counts = wholeIn(state, kCount, 2);
    m_count = counts[0];
    m_lastEpoch = counts[1];
    for (std::size_t index = 0; ready() && index < m_average.size(); ++index)
        m_average[index].copy_(tensorIn(state, kPrefix + m_weights[index].first));
}

} // namespace netloom
