// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/weight_table.h"
#include "model/safetensors.h"

#include <filesystem>

namespace netloom {

/// The tensors by name of a run's folder, of a file that torch.save() wrote, or of a .safetensors file; told apart by what is in them.
/// Runs nothing of what it reads. The error names the path and says what is wrong.
Result<NamedTensors> readWeightsFile(const std::filesystem::path &path);

/// Copies what of @p given fits to @p own by name and shape; with @p copy false only says what it would take. Where no name is the same but
/// all of @p given begin with one word ("module.conv1.weight"), that word is left out.
WeightTable takeWeights(const NamedTensors &own, const NamedTensors &given, bool copy = true);

} // namespace netloom
