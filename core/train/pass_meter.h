// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/stopwatch.h"
#include "train/train_event.h"

#include <torch/torch.h>

#include <optional>
#include <vector>

namespace netloom {

/// Adds up loss, accuracy and confusion over one pass. Numbers stay on the device until flush(), so that a GPU
/// isn't waited for after every batch.
class PassMeter {
public:
    explicit PassMeter(std::int64_t classCount) : m_confusion(classCount) {}

    /// One batch: its mean loss (a scalar) and its predicted classes, and the true ones.
    void add(const torch::Tensor &loss, const torch::Tensor &predictions, const std::vector<std::int64_t> &targets);
    /// Fetches what add() left on the device.
    void flush();

    std::int64_t batches() const { return m_batches; } ///< added so far
    std::int64_t samples() const { return m_samples; }
    /// The first batch, from 1, whose loss was infinite or no number; of the flushed ones.
    std::optional<std::int64_t> firstBrokenBatch() const { return m_brokenBatch; }

    Stopwatch &stopwatch() { return m_stopwatch; }
    /// Means over the flushed batches.
    PassResult result() const;
    const ConfusionMatrix &confusion() const { return m_confusion; }

private:
    struct Pending {
        torch::Tensor loss;
        torch::Tensor predictions;
        std::vector<std::int64_t> targets;
    };
    void count(double loss, const torch::Tensor &predictions, const std::vector<std::int64_t> &targets);

    std::vector<Pending> m_pending;
    Stopwatch m_stopwatch;
    ConfusionMatrix m_confusion;
    std::int64_t m_batches = 0;
    std::int64_t m_samples = 0;
    std::int64_t m_flushedBatches = 0;
    std::int64_t m_flushedSamples = 0;
    std::int64_t m_correct = 0;
    double m_lossSum = 0;
    std::optional<std::int64_t> m_brokenBatch;
};

} // namespace netloom
