// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"

#include <array>
#include <atomic>
#include <string>

namespace netloom {

/// Samples in memory as batches: for data that is no pictures, and for machines with LibTorch alone.
class TensorBatches : public BatchSource {
public:
    /// @p sampleShape is one sample's shape without the batch axis: C×H×W.
    TensorBatches(Shape sampleShape, std::vector<std::string> classNames);

    /// Adds one sample. @p values has as many numbers as the shape.
    void add(Split split, const std::vector<float> &values, std::int64_t label);
    /// Adds one sample with a number to be learned, scaled already, in the place of a class.
    void addNumber(Split split, const std::vector<float> &values, float number);

    std::int64_t sampleCount(Split split) const override;
    Shape sampleShape() const override { return m_shape; }
    std::vector<std::string> classNames() const override { return m_classNames; }
    void begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training) override;
    void skip(std::int64_t batches) override { m_at += static_cast<std::size_t>(batches * m_batchSize); }
    std::unique_ptr<Batch> next() override;
    void recycle(std::unique_ptr<Batch> batch) override;
    void cancel() override { m_cancelled = true; }
    std::vector<std::string> unreadable() const override { return {}; }

private:
    struct Samples {
        std::vector<float> values;
        std::vector<std::int64_t> labels;
        std::vector<float> numbers; ///< one for each sample, or none
    };
    const Samples &samples(Split split) const { return m_samples[static_cast<std::size_t>(split)]; }

    Shape m_shape;
    std::vector<std::string> m_classNames;
    std::array<Samples, kAllSplits.size()> m_samples;

    Split m_split = Split::Train; ///< of the pass
    std::int64_t m_batchSize = 1;
    std::vector<std::int64_t> m_order; ///< what is left of the pass starts at m_at
    std::size_t m_at = 0;
    std::unique_ptr<Batch> m_spare;
    std::atomic<bool> m_cancelled = false;
};

} // namespace netloom
