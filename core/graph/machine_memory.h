// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace netloom {

/// Bytes of memory that this machine has; 0 where the system doesn't tell.
std::int64_t machineMemory();

/// Bytes that programs can still take without swapping; 0 where the system doesn't tell.
std::int64_t freeMemory();

/// What a process has in memory now, and had at its peak; zeros where there is no such process.
struct ProcessMemory {
    std::int64_t now = 0;
    std::int64_t peak = 0;
};
ProcessMemory processMemory(std::int64_t process);

} // namespace netloom
