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

/// Looks for a run of the opened project that was cut off by a crash, and offers to go on with it; asks where its data has changed since.
class ResumePresenter : public QObject {
    Q_OBJECT
public:
    ResumePresenter(const NodeRegistry &registry, TrainingSession &session, TrainingPanel &panel);

    /// Looks below @p runs for runs of @p project, off the main thread.
    void lookIn(const std::filesystem::path &runs, const std::filesystem::path &project);

    /// "Training of 14:30 was interrupted at epoch 7"
    static QString offerText(const RunEntry &run);

signals:
    void resumed();
    void messageRequested(const QString &text);

private:
    void offer(std::vector<RunEntry> runs);
    void resume(bool evenIfDataChanged);
    void noteFailure(const TrainEvent &event);
    void askAboutData();
    void keep();

    const NodeRegistry &m_registry;
    TrainingSession &m_session;
    TrainingPanel &m_panel;
    BackgroundTask m_look;
    std::vector<RunEntry> m_runs; ///< that are left to be offered, the first one is
    std::optional<RunEntry> m_resumed; ///< that goes on now
    QString m_dataChange;              ///< why it didn't, until that is told
};

} // namespace netloom
