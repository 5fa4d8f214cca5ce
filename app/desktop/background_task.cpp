// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/background_task.h"

#include "desktop/thread_priority.h"

#include <chrono>

namespace netloom {

namespace {

constexpr std::chrono::milliseconds kReportEvery{50};

} // namespace

BackgroundTask::~BackgroundTask()
{
    for (auto &[number, run] : m_runs)
        *run.stopped = true;
}

void BackgroundTask::start(std::function<Finish(const Report &)> work)
{
    if (const auto running = m_runs.find(m_wanted); running != m_runs.end())
        *running->second.stopped = true;
    const int number = ++m_last;
    m_wanted = number;
    const auto stopped = std::make_shared<std::atomic<bool>>(false);
    std::jthread thread([this, number, stopped, work = std::move(work)] {
        lowerThreadPriority();
        auto last = std::chrono::steady_clock::now();
        const Finish finish = work([&](std::int64_t done, std::int64_t total) {
            if (const auto now = std::chrono::steady_clock::now(); now - last > kReportEvery) {
                last = now;
                QMetaObject::invokeMethod(this, [this, number, done, total] {
                    if (number == m_wanted)
                        emit progressed(done, total);
                }, Qt::QueuedConnection);
            }
            return !*stopped;
        });
        QMetaObject::invokeMethod(this, [this, number, finish] {
            m_runs.erase(number);
            if (number != m_wanted)
                return;
            m_wanted = 0;
            if (finish)
                finish();
            if (m_wanted == 0)
                emit ended();
        }, Qt::QueuedConnection);
    });
    m_runs.emplace(number, Run{stopped, std::move(thread)});
}

void BackgroundTask::stop()
{
    const auto running = m_runs.find(m_wanted);
    if (running == m_runs.end())
        return;
    *running->second.stopped = true;
    m_wanted = 0;
    emit ended();
}

} // namespace netloom
