// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/worker_team.h"

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace netloom {

namespace {

constexpr int kMostWorkers = 16;

} // namespace

WorkerTeam::WorkerTeam(int asked, bool inMemory)
{
    const int cores = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostWorkers);
    m_most = asked > 0 ? asked : cores;
    m_size = asked > 0 ? asked : inMemory ? 1 : std::max(2, cores / 2);
    m_size = std::min(m_size, m_most);
    m_measures = asked <= 0;
}

void WorkerTeam::start(const std::function<void(int)> &work)
{
    while (static_cast<int>(m_threads.size()) < m_most) {
        try {
            m_threads.emplace_back(work, static_cast<int>(m_threads.size()));
        } catch (const std::system_error &) {
            if (m_threads.empty())
                throw std::runtime_error("No thread can be started to load the data: close other programs.");
            return;
        }
    }
}

void WorkerTeam::join()
{
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void WorkerTeam::noteBatch(bool waited)
{
    constexpr int kLook = 16;
    constexpr int kManyWaits = 4;
    m_waits += waited;
    if (!m_measures || ++m_batches < kLook)
        return;
    if (m_waits >= kManyWaits)
        m_size = std::min(m_size + 1, m_most);
    else if (m_waits == 0)
        m_size = std::max(m_size - 1, 1);
    m_batches = m_waits = 0;
}

} // namespace netloom
