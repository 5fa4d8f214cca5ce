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

namespace {

void checkLabels(const Batch &batch, std::int64_t classCount)
{
    const auto [low, high] = std::ranges::minmax(batch.targets);
    if (low < 0 || high >= classCount)
        throw std::runtime_error("The data gave the label " + std::to_string(low < 0 ? low : high) + " but has only "
            + std::to_string(classCount) + " classes.");
}

/// The numbers to be learned, the classes' shares, a mark for each label, or the classes, in the batch's own memory.
torch::Tensor targetOf(Batch &batch, const GraphModule &network)
{
    const auto count = static_cast<std::size_t>(batch.count);
    if (network.numberScale()) {
        if (batch.numbers.size() != count)
            throw std::runtime_error("The data gave no number to learn for every sample.");
        return torch::from_blob(batch.numbers.data(), {batch.count}, torch::kFloat32);
    }
    checkLabels(batch, network.classCount());
    const std::size_t marks = count * static_cast<std::size_t>(network.classCount());
    if (network.severalLabels() && batch.labels.size() != marks)
        throw std::runtime_error("The data gave no labels for every sample.");
    if (batch.shares.empty() && network.severalLabels())
        return torch::from_blob(batch.labels.data(), {batch.count, network.classCount()}, torch::kFloat32);
    if (batch.shares.empty())
        return torch::from_blob(batch.targets.data(), {batch.count}, torch::kInt64);
    if (batch.shares.size() != marks)
        throw std::runtime_error("The data gave a mix of classes that isn't one share for each of the "
            + std::to_string(network.classCount()) + " classes.");
    return torch::from_blob(batch.shares.data(), {batch.count, network.classCount()}, torch::kFloat32);
}

} // namespace

BatchTensors toTensors(Batch &batch, const GraphModule &network, const torch::Device &device)
{
    const Shape &shape = network.inputShape();
    const auto count = static_cast<std::size_t>(batch.count);
    if (batch.count < 1 || batch.targets.size() != count
        || batch.values.size() != count * static_cast<std::size_t>(shape.elementsPerSample()))
        throw std::runtime_error("The data gave a batch that isn't " + shape.toString() + ", which the network needs.");
    const torch::Tensor input = torch::from_blob(batch.values.data(), shape.withBatch(batch.count), torch::kFloat32);
    return {input.to(device), targetOf(batch, network).to(device)};
}

} // namespace netloom
