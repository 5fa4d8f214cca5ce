// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "run/run_list.h"

#include <QObject>

#include <optional>

namespace netloom {

class NodeRegistry;
class TrainingPanel;
class TrainingSession;

/// Goes on with runs that ended early. Looks for one of the opened project that was cut off by a crash, and offers that.
class ResumePresenter : public QObject {
    Q_OBJECT
public:
    ResumePresenter(const NodeRegistry &registry, TrainingSession &session, TrainingPanel &panel);

    /// Looks below @p runs for runs of @p project, off the main thread.
    void lookIn(const std::filesystem::path &runs, const std::filesystem::path &project);

    /// Trains the run in @p folder from its last checkpoint on; tells in a box why it can't.
    void resume(const std::filesystem::path &folder);

    /// "Training of 14:30 was interrupted at epoch 7"
    static QString offerText(const RunEntry &run);

signals:
    void resumed();
    void messageRequested(const QString &text);

private:
    void offer(std::vector<RunEntry> runs);
    void keep();

    const NodeRegistry &m_registry;
    TrainingSession &m_session;
    TrainingPanel &m_panel;
    BackgroundTask m_look;
    std::vector<RunEntry> m_runs; ///< that are left to be offered, the first one is
};

} // namespace netloom
