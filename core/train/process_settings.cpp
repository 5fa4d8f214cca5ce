// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/process_settings.h"

#include <torch/torch.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace netloom {

namespace {

/// Starts a team of OpenMP threads, one more than there are processors, which then sleeps until the process ends.
/// libgomp reads its wait policy when it is loaded, before main(); but as soon as there are more threads of its own than processors,
/// threads that wait give up spinning after a moment. Sleeping ones count.
void parkTeam()
{
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency())) + 1;
    std::mutex mutex;
    std::condition_variable changed;
    bool started = false;
    std::thread([&, threads] {
        at::set_num_threads(threads);
        at::parallel_for(0, threads, 1, [](std::int64_t, std::int64_t) {});
        {
            const std::lock_guard lock(mutex);
            started = true;
            changed.notify_one();
        }
        static std::mutex forever;
        static std::condition_variable never;
        std::unique_lock lock(forever);
        never.wait(lock, [] { return false; });
    }).detach();
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return started; });
}

} // namespace

void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int kMiB = 1 << 20;
    mallopt(M_MMAP_THRESHOLD, 32 * kMiB); // the most that glibc takes
    mallopt(M_TRIM_THRESHOLD, 512 * kMiB);
    mallopt(M_ARENA_MAX, 1); // other arenas give their memory back whatever the threshold
#endif
}

void letIdleThreadsSleep()
{
    static std::once_flag once;
    std::call_once(once, [] {
        if (!std::getenv("OMP_WAIT_POLICY") && !std::getenv("GOMP_SPINCOUNT"))
            parkTeam();
    });
}

} // namespace netloom
