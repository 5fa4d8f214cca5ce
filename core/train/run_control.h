// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/trainer.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

namespace netloom {

/// What other threads ask of the training thread. All functions are safe from any thread.
class RunControl {
public:
    void pause(const std::string &reason = {});
    void resume(Stretch stretch = Stretch::ToTheEnd);
    void stop(); ///< for good; also ends a pause
    void setLr(double lr);

    bool stopped() const;
    bool pauseWanted() const; ///< false once stopped
    std::string pauseReason() const;
    /// The learning rate that was asked for; told once.
    std::optional<double> takeLr();

    /// The training thread says how far it is: a stretch that ends there makes it pause.
    void batchTrained() { pauseAfter(Stretch::Batch); }
    void epochEnded() { pauseAfter(Stretch::Epoch); }

    /// Waits until resume() or stop().
    void waitWhilePaused();

private:
    void pauseAfter(Stretch stretch);

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_paused = false;
    bool m_stopped = false;
    std::string m_reason;
    Stretch m_stretch = Stretch::ToTheEnd;
    std::optional<double> m_lr;
};

} // namespace netloom
