// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace netloom {

/// Bytes of memory that this machine has; 0 where the system doesn't tell.
std::int64_t machineMemory();

} // namespace netloom
