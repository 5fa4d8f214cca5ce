// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/machine_memory.h"

#include <unistd.h>

namespace netloom {

std::int64_t machineMemory()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long pageSize = sysconf(_SC_PAGE_SIZE);
    return pages > 0 && pageSize > 0 ? std::int64_t(pages) * pageSize : 0;
}

} // namespace netloom
