// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/tensor_batches.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <stdexcept>

namespace netloom {

TensorBatches::TensorBatches(Shape sampleShape, std::vector<std::string> classNames)
    : m_shape(std::move(sampleShape)), m_classNames(std::move(classNames))
{
}

void TensorBatches::add(Split split, const std::vector<float> &values, std::int64_t label)
{
    if (static_cast<std::int64_t>(values.size()) != m_shape.elementsPerSample())
        throw std::invalid_argument("a sample of " + std::to_string(values.size()) + " numbers isn't " + m_shape.toString());
    Samples &samples = m_samples[static_cast<std::size_t>(split)];
    samples.values.insert(samples.values.end(), values.begin(), values.end());
    samples.labels.push_back(label);
}

void TensorBatches::addNumber(Split split, const std::vector<float> &values, float number)
{
    add(split, values, 0);
    m_samples[static_cast<std::size_t>(split)].numbers.push_back(number);
}

std::int64_t TensorBatches::sampleCount(Split split) const
{
    return static_cast<std::int64_t>(samples(split).labels.size());
}

void TensorBatches::begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training)
{
    m_cancelled = false;
    m_split = split;
    m_batchSize = std::max<std::int64_t>(1, batchSize);
    m_at = 0;
    m_order.resize(samples(split).labels.size());
    std::iota(m_order.begin(), m_order.end(), std::int64_t{0});
    if (!training)
        return;
    // Fisher-Yates by hand: std::shuffle differs between standard libraries.
    std::seed_seq words{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), static_cast<std::uint32_t>(epoch)};
    std::mt19937_64 random(words);
    for (std::size_t left = m_order.size(); left > 1; --left)
        std::swap(m_order[left - 1], m_order[random() % left]);
}

std::unique_ptr<Batch> TensorBatches::next()
{
    if (m_cancelled || m_at >= m_order.size())
        return nullptr;
    auto batch = m_spare ? std::move(m_spare) : std::make_unique<Batch>();
    batch->values.clear();
    batch->targets.clear();
    batch->numbers.clear();
    batch->samples.clear();
    const Samples &from = samples(m_split);
    const auto size = m_shape.elementsPerSample();
    batch->place = static_cast<std::int64_t>(m_at) / m_batchSize;
    const std::size_t end = std::min(m_order.size(), m_at + static_cast<std::size_t>(m_batchSize));
    for (; m_at < end; ++m_at) {
        const std::int64_t sample = m_order[m_at];
        const auto first = from.values.begin() + sample * size;
        batch->values.insert(batch->values.end(), first, first + size);
        batch->targets.push_back(from.labels[static_cast<std::size_t>(sample)]);
        if (!from.numbers.empty())
            batch->numbers.push_back(from.numbers.at(static_cast<std::size_t>(sample)));
        batch->samples.push_back(sample);
    }
    batch->count = static_cast<std::int64_t>(batch->targets.size());
    return batch;
}

void TensorBatches::recycle(std::unique_ptr<Batch> batch)
{
    m_spare = std::move(batch);
}

} // namespace netloom
