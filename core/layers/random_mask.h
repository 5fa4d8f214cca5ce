// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace netloom {

/// Fills @p mask with 0, with probability @p p each, or else @p kept. Which it is depends on @p seed and the place alone.
void fillMask(float *mask, std::size_t count, double p, float kept, std::uint64_t seed);

} // namespace netloom
