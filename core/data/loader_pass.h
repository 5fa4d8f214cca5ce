// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace netloom {

/// One batch in the making.
struct LoaderSlot {
    std::unique_ptr<Batch> batch;
    std::int64_t start = 0;   ///< of its first sample in the pass's order
    std::int64_t claimed = 0; ///< samples that a worker took on
    std::int64_t finished = 0;
    bool ready = false;
};

/// Some neighbouring samples of a batch, for one worker.
struct LoaderChunk {
    std::shared_ptr<LoaderSlot> slot;
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// One pass over a split: what is to be done, and the bounded window of batches under way. Everything that changes is read and
/// written under the loader's mutex, but for `dropped` and the contents of claimed chunks.
class LoaderPass {
public:
    Split split = Split::Train;
    std::uint64_t seed = 0;
    std::int64_t epoch = 0;
    bool training = false;
    std::int64_t batchSize = 1;
    bool learnsNumber = false;         ///< batches carry numbers beside targets
    std::int64_t labelCount = 0;       ///< batches carry a row of so many labels for each sample; 0 for none
    std::vector<std::int64_t> order;   ///< samples
    std::int64_t delivered = 0;        ///< samples handed out
    std::string failure;               ///< for people; empty while all is well
    std::atomic<bool> dropped = false; ///< cancelled, or replaced by another pass

    /// True when a chunk can be claimed without going beyond @p prefetch batches.
    bool hasWork(int prefetch) const;
    /// Leaves the first @p batches out; before anything is claimed.
    void skip(std::int64_t batches);
    /// The next chunk in order; opens a batch, with memory from @p pool where there is some.
    LoaderChunk claim(std::vector<std::unique_ptr<Batch>> &pool, std::size_t sampleValues);
    /// Says that the chunk's samples are in place. The batch's last chunk closes the gaps of samples left out.
    void finish(const LoaderChunk &chunk);

    bool ended() const { return m_window.empty() && m_opened == size(); }
    bool hasAnswer() const { return !failure.empty() || ended() || (!m_window.empty() && m_window.front()->ready); }
    std::unique_ptr<Batch> takeFirst();

    /// Ends the pass; memory that no worker writes into goes to @p pool.
    void drop(std::vector<std::unique_ptr<Batch>> &pool);

private:
    std::int64_t size() const { return static_cast<std::int64_t>(order.size()); }
    bool lastHasUnclaimed() const { return !m_window.empty() && m_window.back()->claimed < m_window.back()->batch->count; }
    void openBatch(std::vector<std::unique_ptr<Batch>> &pool, std::size_t sampleValues);

    std::deque<std::shared_ptr<LoaderSlot>> m_window;
    std::int64_t m_opened = 0; ///< samples of the order that have a batch
};

} // namespace netloom
