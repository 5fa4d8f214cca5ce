// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace netloom {

/// The threads that prepare samples, and how many of them work: one more when the trainer had to wait for several batches of late, one less
/// when it never had to for long, so that decoding takes just as much of the processor as it needs. Batches don't depend on it.
///
/// They share the processor like any other thread. As SCHED_IDLE they would keep those that compute waiting less at their barriers, but on a
/// busy machine such a thread is stopped for seconds, and whoever wants the memory allocator's lock that it may hold waits as long.
class WorkerTeam {
public:
    /// @p asked > 0 settles the number; @p inMemory: there is nothing to decode.
    WorkerTeam(int asked, bool inMemory);

    /// How many are to work: those with a number below it.
    int size() const { return m_size; }
    /// Starts the threads that are still missing, each with its number from 0. Throws std::runtime_error where none can be started.
    void start(const std::function<void(int)> &work);
    void join();

    /// The trainer took a batch, and had to wait for it or not.
    void noteBatch(bool waited);

private:
    int m_most = 1;
    int m_size = 1;
    bool m_measures = true;
    int m_batches = 0; ///< since the last look
    int m_waits = 0;   ///< among them
    std::vector<std::thread> m_threads;
};

} // namespace netloom
