// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/shape.h"
#include "graph/split.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace netloom {

/// Samples as the network takes them.
struct Batch {
    std::int64_t count = 0;              ///< N
    std::int64_t place = 0;              ///< in the pass, from 0; batches of which nothing is left are counted too
    std::vector<float> values;           ///< N × sample, contiguous (N×C×H×W for pictures)
    std::vector<std::int64_t> targets;   ///< N class labels; 0 where a number is learned, or samples have several labels
    std::vector<float> labels;           ///< N×classes, 1 for each label that a sample has and else 0; empty where each has one class
    std::vector<float> numbers;          ///< N numbers to be learned, scaled as SourceFacts says; empty where classes are
    std::vector<float> unmixed;          ///< the numbers before MixUp or CutMix, to judge by; empty without
    std::vector<float> shares;           ///< N×classes shares that each class or label has in a sample, from MixUp or CutMix; empty without
    std::vector<std::int64_t> samples;   ///< N indices into the source, the way back to the file
};

/// Gives batches to the trainer: the loader over a data source, or tensors in memory. One consumer thread;
/// cancel() may come from any thread.
class BatchSource {
public:
    virtual ~BatchSource() = default;

    virtual std::int64_t sampleCount(Split split) const = 0;
    /// The shape of one sample without the batch axis: C×H×W.
    virtual Shape sampleShape() const = 0;
    virtual std::vector<std::string> classNames() const = 0;

    /// Starts a pass over @p split. With @p training the order is shuffled from (seed, epoch) and random transforms
    /// are applied; without it the order is the source's and transforms take their deterministic counterpart.
    /// An unfinished pass is dropped. The same seed gives the same batches whatever the thread count.
    virtual void begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training) = 0;

    /// Right after begin(): leaves the first @p batches out, as if they had been taken. What follows is the same as without.
    virtual void skip(std::int64_t batches)
    {
        for (std::unique_ptr<Batch> batch; batches > 0 && (batch = next()) && batch->place < batches - 1;)
            recycle(std::move(batch));
    }

    /// The next batch of the pass (the last may be smaller), or nothing at its end or after cancel().
    /// Throws std::runtime_error with a sentence for people when the data can't be read any more.
    virtual std::unique_ptr<Batch> next() = 0;

    /// Gives a used batch's memory back for the next one.
    virtual void recycle(std::unique_ptr<Batch> batch) = 0;

    /// Makes a waiting next() return nothing, within 50 ms; begin() takes it back.
    virtual void cancel() = 0;

    /// Samples left out so far because they can't be read: a sentence each, with the file and the cause.
    virtual std::vector<std::string> unreadable() const = 0;
};

} // namespace netloom
