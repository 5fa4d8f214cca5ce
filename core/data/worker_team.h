// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace netloom {

/// The threads that prepare samples: how many of them work, and who goes before them.
///
/// One more works when the trainer had to wait for several batches of late, one less when it never had to for long, so that decoding takes
/// just as much of the processor as it needs. They take what a computing thread leaves (SCHED_IDLE where there is such a thing): one that is
/// pushed off its core keeps all others waiting at their next barrier. Where others leave nothing, the trainer calls hurry().
/// Not thread-safe. Batches don't depend on any of it.
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
    /// The trainer has waited for long: for some time the threads get their share like any other.
    void hurry();

private:
    void keepBack(bool back);

    int m_most = 1;
    int m_size = 1;
    bool m_measures = true;
    int m_batches = 0; ///< since the last look
    int m_waits = 0;   ///< among them
    int m_calm = 0;    ///< batches in a row that nobody waited for
    bool m_back = true;
    std::vector<std::thread> m_threads;
};

} // namespace netloom
