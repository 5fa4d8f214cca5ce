// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/train_state.h"

#include <cstdint>
#include <string>

namespace netloom {

/// How far a training is.
struct LoopPosition {
    std::int64_t epoch = 0;     ///< being trained, or the last one that was; from 1
    std::int64_t batch = 0;     ///< so many of its batches are done
    std::int64_t bestEpoch = 0; ///< 0 = none yet
    bool inEpoch = false;
    bool trained = false;       ///< all of the epoch's batches are done: validation is what's left

    /// " It ran out in epoch 2, batch 3; batch_size is 16.": of memory.
    std::string memoryText(std::int64_t batchSize) const;

    void save(TrainState &state) const;
    static LoopPosition in(const TrainState &state);
};

} // namespace netloom
