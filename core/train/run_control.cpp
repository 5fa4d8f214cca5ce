// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/run_control.h"

#include <utility>

namespace netloom {

void RunControl::pause(const std::string &reason)
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
    m_reason = reason;
}

void RunControl::resume(Stretch stretch)
{
    const std::lock_guard lock(m_mutex);
    m_paused = false;
    m_reason.clear();
    m_stretch = stretch;
    m_changed.notify_all();
}

void RunControl::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

void RunControl::setLr(double lr)
{
    const std::lock_guard lock(m_mutex);
    m_lr = lr;
}

bool RunControl::stopped() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

bool RunControl::pauseWanted() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused && !m_stopped;
}

std::string RunControl::pauseReason() const
{
    const std::lock_guard lock(m_mutex);
    return m_reason;
}

std::optional<double> RunControl::takeLr()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_lr, std::nullopt);
}

void RunControl::pauseAfter(Stretch stretch)
{
    const std::lock_guard lock(m_mutex);
    if (m_stretch != stretch)
        return;
    m_stretch = Stretch::ToTheEnd;
    m_paused = true;
}

void RunControl::waitWhilePaused()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_paused || m_stopped; });
}

} // namespace netloom
