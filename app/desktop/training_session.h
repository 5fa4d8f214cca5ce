// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/training_run.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>
#include <mutex>

namespace netloom {

/// Joins a training run's threads with the window: events are queued by the worker and handed out on the main thread
/// about 30 times a second. Batch events merge when the queue is full; all others are kept.
class TrainingSession : public QObject {
    Q_OBJECT
public:
    explicit TrainingSession(const NodeRegistry &registry, QObject *parent = nullptr);
    ~TrainingSession() override; ///< stops and waits for the running batch

    /// Starts a run unless one is active. Returns at once.
    void start(const Project &project, const TrainingRun::Options &options);
    /// Takes up the run in options.folder where its last checkpoint is. The error says why it can't be.
    Result<Done> resume(const TrainingRun::Options &options);
    void setPaused(bool paused);
    /// Goes on from a pause, or from now, until @p stretch is over.
    void goOn(Stretch stretch);
    void setLr(double lr);
    void stop();

    /// True from start() until the last event was handed out.
    bool active() const { return m_run != nullptr; }
    /// The folder of the running or the last run.
    const std::filesystem::path &folder() const { return m_folder; }

signals:
    void eventReceived(const netloom::TrainEvent &event);
    void ended();

private:
    void enqueue(const TrainEvent &event);
    void drain();

    const NodeRegistry &m_registry;
    std::unique_ptr<TrainingRun> m_run;
    std::filesystem::path m_folder;
    std::mutex m_mutex;
    std::deque<TrainEvent> m_events;
    QTimer m_timer;
};

} // namespace netloom
