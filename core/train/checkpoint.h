// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "train/train_state.h"

#include <string>
#include <vector>

namespace netloom {

/// A checkpoint's file image: safetensors, where each text is a tensor of its bytes, named "text:NAME".
std::string writeCheckpoint(const TrainState &state);

/// The inverse. Trusts nothing; the error says what is wrong and how to go on without.
Result<TrainState> readCheckpoint(const std::string &bytes);

/// One tensor, or text, of a checkpoint. Throws std::runtime_error with a sentence where it is missing.
const torch::Tensor &tensorIn(const TrainState &state, const std::string &name);
const std::string &textIn(const TrainState &state, const std::string &name);

/// Keeps numbers exactly.
void putNumbers(TrainState &state, const std::string &name, const std::vector<double> &numbers);
void putWhole(TrainState &state, const std::string &name, const std::vector<std::int64_t> &numbers);
/// They throw where there aren't exactly @p count numbers; a negative @p count takes any number. Whole ones are counts and places: none is
/// negative.
std::vector<double> numbersIn(const TrainState &state, const std::string &name, std::int64_t count = -1);
std::vector<std::int64_t> wholeIn(const TrainState &state, const std::string &name, std::int64_t count = -1);

/// Copies of @p tensors, named PREFIX/NAME, so that training may go on.
void putTensors(TrainState &state, const std::string &prefix, const NamedTensors &tensors);
/// Those named PREFIX/NAME, without the prefix.
NamedTensors tensorsIn(const TrainState &state, const std::string &prefix);

/// Whether all numbers of the tensors named PREFIX/… are finite.
bool allFinite(const TrainState &state, const std::string &prefix);

} // namespace netloom
