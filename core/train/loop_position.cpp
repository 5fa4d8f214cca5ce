// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/loop_position.h"

#include "train/checkpoint.h"

namespace netloom {

std::string LoopPosition::memoryText(std::int64_t batchSize) const
{
    std::string place = "before the first epoch";
    if (inEpoch)
        place = "in epoch " + std::to_string(epoch) + (trained ? ", after its training" : ", batch " + std::to_string(batch + 1));
    else if (epoch > 0)
        place = "after epoch " + std::to_string(epoch);
    return " It ran out " + place + "; batch_size is " + std::to_string(batchSize) + ".";
}

void LoopPosition::save(TrainState &state) const
{
    putWhole(state, "loop/position", {epoch, batch, bestEpoch, inEpoch, trained});
}

LoopPosition LoopPosition::in(const TrainState &state)
{
    const auto kept = wholeIn(state, "loop/position", 5);
    return {kept[0], kept[1], kept[2], kept[3] != 0, kept[4] != 0};
}

} // namespace netloom
