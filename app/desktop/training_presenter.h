// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/training_session.h"

#include <QObject>

namespace netloom {

class TrainingPanel;

/// Tells the training panel what the session's events mean, and the session what the panel's buttons ask for.
class TrainingPresenter : public QObject {
    Q_OBJECT
public:
    TrainingPresenter(TrainingSession &session, TrainingPanel &panel, QObject *parent = nullptr);

    /// Call just before the session starts.
    void begin();

public slots:
    void togglePause();
    void stop();
    void openReport();
    void openFolder();
    /// Asks for a learning rate for the steps to come.
    void askForLr();

signals:
    void activeChanged();

private:
    void show(const TrainEvent &event);
    void show(const TrainStarted &started);
    void show(const TrainResumed &resumed);
    void show(const LearningRateChanged &change);
    void show(const BatchDone &batch);
    void show(const EpochDone &epoch);
    void show(const FiltersChanged &changed);
    void show(const TrainPaused &paused);
    void show(const TrainFinished &finished);
    void show(const TrainFailed &failed);
    void showJudgement(const ConfusionMatrix &confusion, const std::vector<Estimate> &estimates, const LabelTally &labels, const QString &caption);
    void setPaused(bool paused);
    void openPath(const std::filesystem::path &path);
    void saveCurves(const QString &suffix, const std::function<bool(const QString &)> &write);

    TrainingSession &m_session;
    TrainingPanel &m_panel;
    bool m_paused = false;
    double m_lr = 0; ///< of the last batch
    std::int64_t m_batchesPerEpoch = 1;
};

} // namespace netloom
