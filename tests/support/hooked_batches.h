// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/tensor_batches.h"

#include <functional>

namespace netloom::test {

/// Batches of another source that a test can watch and spoil.
class HookedBatches : public BatchSource {
public:
    explicit HookedBatches(std::shared_ptr<BatchSource> source) : m_source(std::move(source)) {}

    /// Called with every batch, numbered from 1 over all passes, on the training thread.
    std::function<void(std::int64_t number, std::int64_t epoch, Split split, Batch &batch)> onBatch;

    std::int64_t sampleCount(Split split) const override { return m_source->sampleCount(split); }
    Shape sampleShape() const override { return m_source->sampleShape(); }
    std::vector<std::string> classNames() const override { return m_source->classNames(); }
    void begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training) override
    {
        m_split = split;
        m_epoch = epoch;
        m_source->begin(split, batchSize, seed, epoch, training);
    }
    void skip(std::int64_t batches) override { m_source->skip(batches); }
    std::unique_ptr<Batch> next() override
    {
        auto batch = m_source->next();
        if (batch && onBatch)
            onBatch(++m_number, m_epoch, m_split, *batch);
        return batch;
    }
    void recycle(std::unique_ptr<Batch> batch) override { m_source->recycle(std::move(batch)); }
    void cancel() override { m_source->cancel(); }
    std::vector<std::string> unreadable() const override { return m_source->unreadable(); }

private:
    std::shared_ptr<BatchSource> m_source;
    Split m_split = Split::Train;
    std::int64_t m_epoch = 0;
    std::int64_t m_number = 0;
};

} // namespace netloom::test
