// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/batch_tensors.h"

#include <algorithm>
#include <stdexcept>

namespace netloom {

bool takesSamples(const GraphModule &network, const Shape &sample)
{
    std::vector<std::int64_t> sizes{Shape::kBatch};
    sizes.insert(sizes.end(), sample.dims().begin(), sample.dims().end());
    return sample.known() && Shape(sizes) == network.inputShape();
}

BatchTensors toTensors(Batch &batch, const GraphModule &network, const torch::Device &device)
{
    const Shape &shape = network.inputShape();
    const auto count = static_cast<std::size_t>(batch.count);
    if (batch.count < 1 || batch.targets.size() != count
        || batch.values.size() != count * static_cast<std::size_t>(shape.elementsPerSample()))
        throw std::runtime_error("The data gave a batch that isn't " + shape.toString() + ", which the network needs.");
    const auto [low, high] = std::ranges::minmax(batch.targets);
    if (low < 0 || high >= network.classCount())
        throw std::runtime_error("The data gave the label " + std::to_string(low < 0 ? low : high) + " but has only "
            + std::to_string(network.classCount()) + " classes.");
    const torch::Tensor input = torch::from_blob(batch.values.data(), shape.withBatch(batch.count), torch::kFloat32);
    const torch::Tensor target = torch::from_blob(batch.targets.data(), {batch.count}, torch::kInt64);
    return {input.to(device), target.to(device)};
}

} // namespace netloom
