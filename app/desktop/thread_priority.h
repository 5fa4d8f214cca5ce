// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace netloom {

/// Lets a training, and the hand, go before the calling thread.
inline void lowerThreadPriority()
{
#ifdef __linux__
    constexpr int kNiceness = 5;
    setpriority(PRIO_PROCESS, 0, kNiceness); // 0: this thread alone
#endif
}

} // namespace netloom
