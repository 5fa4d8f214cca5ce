// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "model/graph_module.h"
#include "train/number_meter.h"
#include "train/stopwatch.h"
#include "train/train_event.h"
#include "train/train_state.h"

#include <torch/torch.h>

#include <optional>
#include <vector>

namespace netloom {

/// Adds up loss and scores over one pass: accuracy and confusion, what is said of each of several labels, or where a number is learned how
/// near the predictions come to it.
/// Numbers stay on the device until flush(), so that a GPU isn't waited for after every batch.
class PassMeter {
public:
    explicit PassMeter(const GraphModule &network);

    /// One batch: its mean loss (a scalar), what GraphModule::predictionsOf() gives, and the truth.
    void add(const torch::Tensor &loss, const torch::Tensor &predictions, const Batch &batch);
    /// Fetches what add() left on the device.
    void flush();

    std::int64_t batches() const { return m_batches; } ///< added so far
    std::int64_t samples() const { return m_samples; }
    /// The first batch, from 1, whose loss was infinite or no number; of the flushed ones.
    std::optional<std::int64_t> firstBrokenBatch() const { return m_brokenBatch; }

    /// What was added so far, under names that begin with "pass/"; after flush().
    void save(TrainState &state) const;
    void load(const TrainState &state);

    Stopwatch &stopwatch() { return m_stopwatch; }
    /// Means over the flushed batches.
    PassResult result() const;
    const ConfusionMatrix &confusion() const { return m_confusion; } ///< empty where samples have several labels, or a number is learned
    const LabelTally &labels() const { return m_labels; }            ///< empty where they haven't
    /// Empty where classes are learned.
    std::vector<Estimate> estimates() const { return m_numbers ? m_numbers->estimates() : std::vector<Estimate>(); }

private:
    struct Pending {
        torch::Tensor loss;
        torch::Tensor predictions;
        std::vector<std::int64_t> targets;
        std::vector<float> labels;  ///< where samples have several
        std::vector<float> numbers; ///< where they are learned, with the samples that they belong to
        std::vector<std::int64_t> samples;
    };
    void count(double loss, std::int64_t samples);
    void countClasses(const torch::Tensor &predictions, const std::vector<std::int64_t> &targets);
    void countLabels(const torch::Tensor &predictions, const std::vector<float> &truth);
    void countNumbers(const torch::Tensor &predictions, const Pending &batch);

    std::vector<Pending> m_pending;
    Stopwatch m_stopwatch;
    ConfusionMatrix m_confusion;
    LabelTally m_labels;
    std::optional<NumberMeter> m_numbers; ///< where a number is learned
    std::int64_t m_batches = 0;
    std::int64_t m_samples = 0;
    std::int64_t m_flushedBatches = 0;
    std::int64_t m_flushedSamples = 0;
    std::int64_t m_correct = 0;
    double m_lossSum = 0;
    std::optional<std::int64_t> m_brokenBatch;
};

} // namespace netloom
