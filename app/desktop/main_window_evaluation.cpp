// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "canvas/canvas_view.h"
#include "desktop/compare_dialog.h"
#include "desktop/evaluation_presenter.h"
#include "desktop/main_window.h"
#include "desktop/thumbnail_store.h"
#include "desktop/try_presenter.h"
#include "evaluation/evaluation_view.h"
#include "evaluation/try_pane.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"

#include <QAction>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>

namespace netloom {

void MainWindow::buildEvaluation()
{
    auto *thumbnails = new ThumbnailStore(this); // of the data that a run was judged on
    m_evaluationView = new EvaluationView(*thumbnails);
    m_stage->addWidget(m_evaluationView);
    m_evaluation = new EvaluationPresenter(m_document.registry(), *m_evaluationView, *thumbnails, [this] { return runsFolder(); }, this);
    m_try = new TryPresenter(m_document.registry(), *m_evaluationView->tryPane(), this);
}

void MainWindow::connectEvaluation()
{
    QAction *shown = m_commands.action("view.evaluation");
    QAction *data = m_commands.action("view.data");
    connect(shown, &QAction::toggled, this, [this](bool on) {
        m_stage->setCurrentWidget(on ? static_cast<QWidget *>(m_evaluationView) : m_rows);
        on ? m_evaluationView->setFocus() : m_canvas->setFocus();
        if (!on)
            m_try->rest();
        m_evaluation->setActive(on);
    });
    connect(m_evaluationView, &EvaluationView::backRequested, shown, [shown] { shown->setChecked(false); });
    connect(m_evaluationView, &EvaluationView::browseRequested, this, [this, data](const QString &name) {
        data->setChecked(true);
        m_browser->showSample(name);
    });
    const auto say = [this](const QString &text) { statusBar()->showMessage(text, 8000); };
    connect(m_browser, &DataBrowser::sampleMissing, this, [say](const QString &name) { say(tr("The project's data has no “%1” now: the run was trained on other data.").arg(name)); });
    connect(m_evaluation, &EvaluationPresenter::messageRequested, this, say);
    connect(m_try, &TryPresenter::messageRequested, this, say);
    connect(m_evaluation, &EvaluationPresenter::thresholdChosen, m_try, &TryPresenter::setThreshold);
    connect(m_evaluation, &EvaluationPresenter::runChanged, this, [this] {
        const RunEntry *run = m_evaluation->entry();
        m_try->setRun(run ? run->folder : std::filesystem::path(), run ? tr("%1 answers").arg(runTitle(*run)) : QString());
    });
    connect(&m_session, &TrainingSession::ended, shown, [this, shown] { m_evaluation->setActive(shown->isChecked()); });
    connect(m_training->confusion(), &ConfusionMatrixView::cellClicked, this, &MainWindow::openTrainedCell);
}

/// The pictures of a cell of the training panel's confusion matrix.
void MainWindow::openTrainedCell(int truth, int predicted)
{
    std::error_code error;
    if (m_session.active() || !std::filesystem::exists(m_session.folder() / "weights.safetensors", error)) {
        statusBar()->showMessage(tr("As soon as training is over, a click on a cell shows its pictures."), 6000);
        return;
    }
    const Split split = m_document.facts().total("test") > 0 ? Split::Test : m_document.facts().total("val") > 0 ? Split::Val : Split::Train;
    m_evaluation->openRun(m_session.folder(), split, EvaluationPresenter::Cell{truth, predicted});
    m_commands.action("view.evaluation")->setChecked(true);
}

bool MainWindow::tryDropped(const QStringList &paths)
{
    if (m_stage->currentWidget() != m_evaluationView || paths.isEmpty())
        return false;
    m_evaluationView->showTryPane();
    m_try->answer(paths);
    return true;
}

} // namespace netloom
