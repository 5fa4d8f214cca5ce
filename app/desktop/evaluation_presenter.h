// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "document/document.h"
#include "run/evaluation.h"
#include "run/run_list.h"

#include <QTimer>

#include <filesystem>
#include <optional>

namespace netloom {

class EvaluationView;
class ThumbnailStore;

/// Joins the evaluation view with the project's runs: lists them, judges the chosen one in the background, and writes its report.
class EvaluationPresenter : public QObject {
    Q_OBJECT
public:
    using RunsFolder = std::function<std::filesystem::path()>;

    EvaluationPresenter(const NodeRegistry &registry, EvaluationView &view, ThumbnailStore &thumbnails, RunsFolder runsFolder, QObject *parent = nullptr);
    ~EvaluationPresenter() override;

    /// The view is seen: the runs are listed anew, and the newest is judged where nothing was.
    void setActive(bool active);
    /// Judges this run as soon as it is found; of the confusion matrix @p cell is opened then.
    struct Cell { int truth = -1, guess = -1; };
    void openRun(const std::filesystem::path &folder, Split split, std::optional<Cell> cell = {});
    /// The project is another: its runs are others.
    void forget();

    std::shared_ptr<const Evaluation> evaluation() const { return m_evaluation; }
    /// The chosen run's folder; "" for none.
    std::filesystem::path run() const;
    const RunEntry *entry() const;

signals:
    void messageRequested(const QString &text);
    /// The run that answers is another.
    void runChanged();
    /// The slider was moved: answers of the chosen run keep to this.
    void thresholdChosen(double threshold);

private:
    void listAgain();
    void adopt(std::vector<RunEntry> runs);
    void choose(int run);
    void evaluate();
    void showHead(int head);
    void moveThreshold(double threshold);
    void keepThresholdNow();
    void fail(const QString &why);
    void save(const QString &suffix);

    const NodeRegistry &m_registry;
    EvaluationView &m_view;
    ThumbnailStore &m_thumbnails;
    RunsFolder m_runsFolder;
    std::vector<RunEntry> m_runs;
    std::filesystem::path m_chosen;
    std::shared_ptr<const std::vector<Evaluation>> m_heads; ///< of the run, the main one first
    std::shared_ptr<const Evaluation> m_evaluation;         ///< the one that is shown
    std::filesystem::path m_judged; ///< the run of m_evaluation
    std::optional<Cell> m_cell;     ///< to be opened
    double m_threshold = kUsualThreshold; ///< of m_judged
    bool m_unkept = false;          ///< it is to be written
    QTimer m_keeping;               ///< the slider may move on before it is written
    bool m_wanted = false;          ///< the chosen run is to be judged
    BackgroundTask m_listing, m_judging, m_writing;
};

} // namespace netloom
