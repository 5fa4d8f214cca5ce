// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

namespace netloom {

/// Tensors by name, in a stable order.
using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

/// The image of a safetensors file: 8 bytes of header length (little endian), a JSON header, the numbers. The same
/// tensors give the same bytes.
std::string writeSafetensors(const NamedTensors &tensors);

/// The inverse. Trusts nothing: lengths, names, shapes and offsets are all checked. The error says what is wrong.
Result<NamedTensors> readSafetensors(const std::string &bytes);

} // namespace netloom
