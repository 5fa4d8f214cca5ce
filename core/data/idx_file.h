// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace netloom {

/// An array of bytes in the IDX format that MNIST came in.
struct IdxArray {
    std::vector<std::int64_t> dims;
    std::vector<std::uint8_t> bytes;
};

/// Reads an IDX file of unsigned bytes with @p rank axes, plain or gzipped. The error names the file and the cause. Memory is
/// taken as the bytes come, never on the header's word.
Result<IdxArray> readIdx(const std::string &file, int rank);

} // namespace netloom
