// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/process_settings.h"

#include <torch/torch.h>

#include <chrono>
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
        torch::ones({std::int64_t{1} << 20}).add_(1); // large enough for every thread to get a share
        {
            const std::lock_guard lock(mutex);
            started = true;
            changed.notify_one();
        }
        while (true)
            std::this_thread::sleep_for(std::chrono::hours(24));
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

void returnFreedMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
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
