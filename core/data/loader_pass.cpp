// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader_pass.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr std::int64_t kChunk = 16; ///< samples; large enough that locking costs nothing beside the smallest pictures

/// Moves the samples together over the slots of those left out.
void closeGaps(Batch &batch)
{
    const auto planned = static_cast<std::size_t>(batch.count);
    const std::size_t size = batch.values.size() / planned;
    const std::size_t width = batch.labels.size() / planned;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < planned; ++at) {
        if (batch.samples[at] < 0)
            continue;
        if (kept != at) {
            std::copy_n(batch.values.begin() + static_cast<std::ptrdiff_t>(at * size), size,
                batch.values.begin() + static_cast<std::ptrdiff_t>(kept * size));
            batch.targets[kept] = batch.targets[at];
            if (!batch.numbers.empty())
                batch.numbers[kept] = batch.numbers[at];
            std::copy_n(batch.labels.begin() + static_cast<std::ptrdiff_t>(at * width), width, batch.labels.begin() + static_cast<std::ptrdiff_t>(kept * width));
            batch.samples[kept] = batch.samples[at];
        }
        ++kept;
    }
    batch.count = static_cast<std::int64_t>(kept);
    batch.values.resize(kept * size);
    batch.targets.resize(kept);
    batch.numbers.resize(batch.numbers.empty() ? 0 : kept);
    batch.labels.resize(kept * width);
    batch.samples.resize(kept);
}

} // namespace

bool LoaderPass::hasWork(int prefetch) const
{
    if (dropped || !failure.empty())
        return false;
    return lastHasUnclaimed() || (m_opened < size() && m_window.size() < static_cast<std::size_t>(prefetch));
}

void LoaderPass::skip(std::int64_t batches)
{
    m_opened = std::min(size(), batches * batchSize);
    delivered = m_opened;
}

LoaderChunk LoaderPass::claim(std::vector<std::unique_ptr<Batch>> &pool, std::size_t sampleValues)
{
    if (!lastHasUnclaimed())
        openBatch(pool, sampleValues);
    const std::shared_ptr<LoaderSlot> &slot = m_window.back();
    const std::int64_t first = slot->claimed;
    slot->claimed = std::min(slot->batch->count, first + kChunk);
    return {slot, first, slot->claimed};
}

void LoaderPass::openBatch(std::vector<std::unique_ptr<Batch>> &pool, std::size_t sampleValues)
{
    auto slot = std::make_shared<LoaderSlot>();
    if (pool.empty()) {
        slot->batch = std::make_unique<Batch>();
    } else {
        slot->batch = std::move(pool.back());
        pool.pop_back();
    }
    slot->start = m_opened;
    const std::int64_t count = std::min(batchSize, size() - m_opened);
    slot->batch->count = count;
    slot->batch->place = m_opened / batchSize;
    slot->batch->values.resize(static_cast<std::size_t>(count) * sampleValues);
    slot->batch->targets.resize(static_cast<std::size_t>(count));
    slot->batch->numbers.resize(learnsNumber ? static_cast<std::size_t>(count) : 0);
    slot->batch->labels.resize(static_cast<std::size_t>(count * labelCount));
    slot->batch->samples.resize(static_cast<std::size_t>(count));
    m_window.push_back(std::move(slot));
    m_opened += count;
}

void LoaderPass::finish(const LoaderChunk &chunk)
{
    LoaderSlot &slot = *chunk.slot;
    slot.finished += chunk.last - chunk.first;
    if (dropped || slot.finished < slot.batch->count)
        return;
    if (std::ranges::any_of(slot.batch->samples, [](std::int64_t sample) { return sample < 0; }))
        closeGaps(*slot.batch);
    slot.ready = true;
}

std::unique_ptr<Batch> LoaderPass::takeFirst()
{
    std::unique_ptr<Batch> batch = std::move(m_window.front()->batch);
    m_window.pop_front();
    return batch;
}

void LoaderPass::drop(std::vector<std::unique_ptr<Batch>> &pool)
{
    dropped = true;
    for (const std::shared_ptr<LoaderSlot> &slot : m_window) {
        if (slot->claimed == slot->finished)
            pool.push_back(std::move(slot->batch));
    }
    m_window.clear();
}

} // namespace netloom
