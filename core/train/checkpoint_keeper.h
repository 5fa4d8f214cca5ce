// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "train/trainer.h"
#include "train/train_state.h"

#include <chrono>
#include <future>
#include <optional>

namespace netloom {

/// Writes checkpoints on a thread of its own, one at a time, as often as the recipe says.
class CheckpointKeeper {
public:
    /// Without @p keep nothing is ever due.
    CheckpointKeeper(const Params &recipe, TrainerOptions::KeepCheckpoint keep);

    /// Whether minutes have gone by since the last one. False while one is being written.
    bool dueNow();
    /// Whether one is wanted at the end of @p epoch.
    bool dueAfter(std::int64_t epoch);
    bool keeps() const { return m_keep != nullptr; }

    /// Begins to write. One whose weights aren't all finite is left out: the one before is the last good state.
    void give(TrainState state);
    /// Writes @p state after the one that is being written.
    Result<Done> giveAndWait(TrainState state);
    /// Why the last one couldn't be written; told once.
    std::optional<Error> takeFailure();

private:
    using Clock = std::chrono::steady_clock;

    bool collect();

    const TrainerOptions::KeepCheckpoint m_keep;
    const double m_minutes;
    const std::int64_t m_epochs;
    Clock::time_point m_last = Clock::now();
    std::future<Result<Done>> m_writing;
    std::optional<Error> m_failure; ///< until it is told
};

} // namespace netloom
