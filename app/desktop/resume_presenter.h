// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "run/run_list.h"
#include "train/train_event.h"

#include <QObject>

#include <optional>

namespace netloom {

class NodeRegistry;
class TrainingPanel;
class TrainingSession;

/// Goes on with runs that ended early, and asks where their data has changed since. Looks for one of the opened project that was cut off by a
/// crash, and offers that.
class ResumePresenter : public QObject {
    Q_OBJECT
public:
    ResumePresenter(const NodeRegistry &registry, TrainingSession &session, TrainingPanel &panel);

    /// Looks below @p runs for runs of @p project, off the main thread.
    void lookIn(const std::filesystem::path &runs, const std::filesystem::path &project);

    /// Trains the run in @p folder from its last checkpoint on; tells in a box why it can't, and asks first where its data isn't the same.
    void resume(const std::filesystem::path &folder, bool evenIfDataChanged = false);

    /// "Training of 14:30 was interrupted at epoch 7"
    static QString offerText(const RunEntry &run);

signals:
    void resumed();
    void messageRequested(const QString &text);

private:
    void offer(std::vector<RunEntry> runs);
    void noteFailure(const TrainEvent &event);
    void askAboutData();
    void keep();

    const NodeRegistry &m_registry;
    TrainingSession &m_session;
    TrainingPanel &m_panel;
    BackgroundTask m_look;
    std::vector<RunEntry> m_runs; ///< that are left to be offered, the first one is
    std::filesystem::path m_resumed;   ///< the run that goes on now
    std::optional<RunEntry> m_offered; ///< the same, where it was offered
    QString m_dataChange;              ///< why it didn't, until that is told
};

} // namespace netloom
