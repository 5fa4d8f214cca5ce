// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/run_control.h"

namespace netloom {

void RunControl::pause()
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void RunControl::resume()
{
    const std::lock_guard lock(m_mutex);
    m_paused = false;
    m_changed.notify_all();
}

void RunControl::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
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

void RunControl::waitWhilePaused()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_paused || m_stopped; });
}

} // namespace netloom
