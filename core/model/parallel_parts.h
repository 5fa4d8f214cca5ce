// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace netloom {

constexpr std::int64_t kParts = 32; ///< of the work of inParts(), whatever the number of threads: sums of the parts come out the same

/// Feeds [0, @p count) to @p work(part, from, to) in kParts parts at most, on LibTorch's threads.
///
/// at::parallel_for() would be compiled into the caller, which has no part in LibTorch's OpenMP: it would run on one thread.
void inParts(std::int64_t count, const std::function<void(std::int64_t part, std::int64_t from, std::int64_t to)> &work);

} // namespace netloom
