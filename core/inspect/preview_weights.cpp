// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/preview_weights.h"

#include "model/safetensors.h"

namespace netloom {

Result<Done> PreviewWeights::read(const std::string &safetensors)
{
    m_tensors.clear();
    ++m_version;
    if (safetensors.empty())
        return Done{};
    const Result<NamedTensors> tensors = readSafetensors(safetensors);
    if (!tensors)
        return tensors.error();
    for (const auto &[name, tensor] : *tensors)
        m_tensors.emplace(name, tensor);
    return Done{};
}

std::string PreviewWeights::keyOf(const std::string &node) const
{
    const auto first = m_tensors.lower_bound(node + '.');
    return first != m_tensors.end() && first->first.starts_with(node + '.') ? node + ' ' + std::to_string(m_version) : std::string();
}

bool PreviewWeights::giveTo(Layer &layer, const std::string &node) const
{
    const auto module = layer.module();
    if (!module || m_tensors.empty())
        return false;
    std::vector<std::pair<torch::Tensor, torch::Tensor>> copies;
    const auto fits = [&](const std::string &weight, const torch::Tensor &own) {
        const auto found = m_tensors.find(node + "." + weight);
        if (found == m_tensors.end() || found->second.sizes() != own.sizes())
            return false;
        copies.emplace_back(own, found->second);
        return true;
    };
    for (const auto &parameter : module->named_parameters()) {
        if (!fits(parameter.key(), parameter.value()))
            return false;
    }
    for (const auto &buffer : module->named_buffers()) {
        if (!fits(buffer.key(), buffer.value()))
            return false;
    }
    for (auto &[own, trained] : copies)
        own.copy_(trained);
    return !copies.empty();
}

} // namespace netloom
