// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/memory_guard.h"

#include <algorithm>

namespace netloom {

bool MemoryGuard::admits() const
{
    if (m_need == 0)
        return m_running.empty();
    const std::int64_t free = m_freeMemory();
    std::int64_t wanted = m_need + m_need / 10;
    for (const auto &[trial, bytes] : m_running)
        wanted += std::max<std::int64_t>(0, m_need - bytes);
    return free <= 0 || wanted <= free;
}

} // namespace netloom
