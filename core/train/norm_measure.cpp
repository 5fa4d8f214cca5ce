// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/norm_measure.h"

#include <memory>

namespace netloom {

NormMeasure::NormMeasure(GraphModule &network)
{
    network.train();
    const auto take = [this](const auto &norm) {
        if (!norm || !norm->is_training() || !norm->options.track_running_stats() || !norm->options.momentum())
            return;
        norm->reset_running_stats();
        m_momenta.push_back(*norm->options.momentum());
        m_setMomentum.push_back([norm](double momentum) { norm->options.momentum(momentum); });
    };
    for (const auto &module : network.modules(/*include_self=*/false)) {
        take(std::dynamic_pointer_cast<torch::nn::BatchNorm1dImpl>(module));
        take(std::dynamic_pointer_cast<torch::nn::BatchNorm2dImpl>(module));
    }
}

NormMeasure::~NormMeasure()
{
    for (std::size_t index = 0; index < m_setMomentum.size(); ++index)
        m_setMomentum[index](m_momenta[index]);
}

void NormMeasure::nextBatch()
{
    ++m_batches;
    for (const auto &set : m_setMomentum)
        set(1 / static_cast<double>(m_batches));
}

} // namespace netloom
