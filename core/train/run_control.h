// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

namespace netloom {

/// What other threads ask of the training thread. All functions are safe from any thread.
class RunControl {
public:
    void pause();
    void resume();
    void stop(); ///< for good; also ends a pause

    bool stopped() const;
    bool pauseWanted() const; ///< false once stopped

    /// Waits until resume() or stop().
    void waitWhilePaused();

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_paused = false;
    bool m_stopped = false;
};

} // namespace netloom
