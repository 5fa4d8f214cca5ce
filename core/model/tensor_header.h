// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace netloom {

/// One tensor of a safetensors file: where its numbers lie in the data part.
struct TensorEntry {
    std::string name;
    std::string dtype; ///< "F32"
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; ///< bytes from the start of the data
    std::uint64_t end = 0;
    friend bool operator==(const TensorEntry &, const TensorEntry &) = default;
};

/// The JSON header of a safetensors file, in the entries' order.
std::string writeTensorHeader(const std::vector<TensorEntry> &entries);

/// The inverse; strict. `__metadata__` is checked and left out. The error says at which byte the header breaks.
Result<std::vector<TensorEntry>> readTensorHeader(std::string_view json);

} // namespace netloom
