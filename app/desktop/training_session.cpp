// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/training_session.h"

#include <chrono>

namespace netloom {

namespace {
constexpr std::size_t kMaxQueuedEvents = 256;
constexpr std::chrono::milliseconds kDrainInterval{100}; ///< painting holds up the threads that compute: at 30 times a second by 5 %
}

TrainingSession::TrainingSession(const NodeRegistry &registry, QObject *parent) : QObject(parent), m_registry(registry)
{
    m_timer.setInterval(kDrainInterval);
    connect(&m_timer, &QTimer::timeout, this, &TrainingSession::drain);
}

TrainingSession::~TrainingSession()
{
    m_run.reset(); // its thread still calls enqueue()
}

void TrainingSession::start(const Project &project, const TrainingRun::Options &options)
{
    if (active())
        return;
    m_folder = options.folder;
    m_run = std::make_unique<TrainingRun>(
        m_registry, project, options, [this](const TrainEvent &event) { enqueue(event); });
    m_run->start();
    m_timer.start();
}

Result<Done> TrainingSession::resume(const TrainingRun::Options &options)
{
    if (active())
        return Error{"Another training is running: stop it, or wait for its end."};
    Result<std::unique_ptr<TrainingRun>> run
        = TrainingRun::resumed(m_registry, options, [this](const TrainEvent &event) { enqueue(event); });
    if (!run)
        return run.error();
    m_folder = options.folder;
    m_run = std::move(*run);
    m_run->start();
    m_timer.start();
    return Done{};
}

void TrainingSession::goOn(Stretch stretch)
{
    if (m_run)
        m_run->resume(stretch);
}

void TrainingSession::setLr(double lr)
{
    if (m_run)
        m_run->setLr(lr);
}

void TrainingSession::setPaused(bool paused)
{
    if (!m_run)
        return;
    if (paused)
        m_run->pause();
    else
        m_run->resume();
}

void TrainingSession::stop()
{
    if (m_run)
        m_run->stop();
}

void TrainingSession::enqueue(const TrainEvent &event)
{
    const std::scoped_lock lock(m_mutex);
    const bool isBatch = std::holds_alternative<BatchDone>(event);
    if (isBatch && m_events.size() >= kMaxQueuedEvents && std::holds_alternative<BatchDone>(m_events.back()))
        m_events.back() = event;
    else
        m_events.push_back(event);
}

void TrainingSession::drain()
{
    std::deque<TrainEvent> events;
    {
        const std::scoped_lock lock(m_mutex);
        events.swap(m_events);
    }
    for (const TrainEvent &event : events) {
        const bool last = std::holds_alternative<TrainFinished>(event) || std::holds_alternative<TrainFailed>(event);
        if (last) {
            m_timer.stop();
            m_run.reset();
        }
        emit eventReceived(event);
        if (last) {
            emit ended();
            return;
        }
    }
}

} // namespace netloom
