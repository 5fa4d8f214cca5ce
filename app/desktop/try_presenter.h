// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "desktop/live_camera.h"
#include "run/prediction.h"

#include <QStringList>

#include <filesystem>
#include <memory>

namespace netloom {

class TryPane;

/// Lets a run answer pictures, folders, tables and the camera, off the main thread.
class TryPresenter : public QObject {
    Q_OBJECT
public:
    TryPresenter(const NodeRegistry &registry, TryPane &pane, QObject *parent = nullptr);
    ~TryPresenter() override;

    /// The run that answers from now on, as @p title; "" for none.
    void setRun(const std::filesystem::path &folder, const QString &title);
    /// From which probability on it says a label, or the second of two classes; until then as it was chosen when the run was judged.
    void setThreshold(double threshold);
    /// Answers one picture with its probabilities, and several files, a folder or a table with a list.
    void answer(const QStringList &paths);
    /// Nobody looks: the camera goes off.
    void rest();

signals:
    void messageRequested(const QString &text);

private:
    /// A run with its lock: the network answers one thread at a time.
    struct Answerer;
    using Work = std::function<BackgroundTask::Finish(Answerer &answerer, const BackgroundTask::Report &report)>;

    void start(BackgroundTask &task, Work work);
    void answerPicture(const QString &file);
    void answerList(const QStringList &paths);
    void setCamera(bool on);
    void openCamera(const CameraInput &input);
    void answerFrame();
    void save();

    const NodeRegistry &m_registry;
    TryPane &m_pane;
    std::filesystem::path m_folder;
    std::shared_ptr<Answerer> m_answerer;
    double m_threshold = kUsualThreshold;
    std::vector<Prediction> m_answers; ///< as the table shows them
    std::unique_ptr<LiveCamera> m_camera;
    BackgroundTask m_opening, m_answering, m_watching;
};

} // namespace netloom
