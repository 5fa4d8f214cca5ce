// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/safetensors.h"

#include <map>
#include <string>

namespace netloom {

/// What a checkpoint holds of a training: numbers as tensors, all else as text. Names begin with the piece that they belong to:
/// "optimizer/first". Whatever has state has `void save(TrainState &) const` and `void load(const TrainState &)`.
struct TrainState {
    NamedTensors tensors;
    std::map<std::string, std::string> texts;
};

} // namespace netloom
