// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/end_notice.h"
#include "desktop/lr_dialog.h"
#include "desktop/main_window.h"
#include "desktop/preview_presenter.h"
#include "desktop/resume_presenter.h"
#include "desktop/training_forecast.h"
#include "desktop/training_presenter.h"
#include "panels/training_panel.h"
#include "runs/runs_view.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QProgressDialog>
#include <QStatusBar>

namespace netloom {

void MainWindow::connectTrainCommands()
{
    onCommand("train.start", [this] { startTraining(); });
    onCommand("train.pause", [this] { m_presenter->togglePause(); });
    onCommand("train.stop", [this] { m_presenter->stop(); });
    onCommand("train.batch", [this] { goOnOrStart(Stretch::Batch); });
    onCommand("train.epoch", [this] { goOnOrStart(Stretch::Epoch); });
    onCommand("train.lr", [this] { m_presenter->askForLr(); });
    onCommand("train.findLr", [this] { findLearningRate(); });
    onCommand("train.overfit", [this] { tryOneBatch(); });
    onCommand("train.lookAgain", [this] { lookAgain(); });
    onCommand("train.report", [this] { m_presenter->openReport(); });
    onCommand("train.folder", [this] { m_presenter->openFolder(); });
    const std::pair<const char *, QString> tips[] = {
        {"train.batch", tr("Train one batch, then pause")},
        {"train.epoch", tr("Train to the end of the epoch, then pause")},
        {"train.lr", tr("Give the steps to come another learning rate; the run notes it")},
        {"train.findLr", tr("Try growing learning rates on a copy of the network and draw the loss")},
        {"train.overfit", tr("See whether a copy of the network can learn one batch by heart: if not, something is wrong")},
    };
    QList<QAction *> more;
    for (const auto &[id, tip] : tips) {
        m_commands.action(id)->setToolTip(tip);
        m_commands.action(id)->setStatusTip(tip);
        more << m_commands.action(id);
    }
    m_training->setMoreActions(more);
    for (QAction *top : menuBar()->actions())
        connect(top->menu(), &QMenu::aboutToShow, this, &MainWindow::refreshTrainCommands);
    connect(m_presenter, &TrainingPresenter::activeChanged, this, &MainWindow::refreshTrainCommands);
    refreshTrainCommands();
    new EndNotice(m_session, *this);
    new TrainingForecast(m_document, m_session, *m_training, [this] { return runsFolder(); });
    connectResume();
}

void MainWindow::refreshTrainCommands()
{
    const bool active = m_session.active();
    for (const char *id : {"train.start", "train.seeds", "train.findLr", "train.overfit"})
        m_commands.action(id)->setEnabled(!active);
    for (const char *id : {"train.pause", "train.stop", "train.lr"})
        m_commands.action(id)->setEnabled(active);
    const bool hasRun = !active && !m_session.folder().empty() && QFileInfo::exists(QString::fromStdString((m_session.folder() / "report.html").string()));
    m_commands.action("train.report")->setEnabled(hasRun);
    m_commands.action("train.folder")->setEnabled(hasRun);
}

void MainWindow::connectResume()
{
    auto *resume = new ResumePresenter(m_document.registry(), m_session, *m_training);
    const auto look = [this, resume] { resume->lookIn(runsFolder(), m_files->path().toStdString()); };
    connect(m_files, &ProjectFiles::pathChanged, this, look);
    connect(m_runs, &RunsView::resumeRequested, resume, [resume](const QString &folder) { resume->resume(folder.toStdString()); });
    connect(resume, &ResumePresenter::messageRequested, this, [this](const QString &text) { statusBar()->showMessage(text, 6000); });
    connect(resume, &ResumePresenter::resumed, this, [this] {
        m_presenter->begin();
        m_previews->trainingStarted();
        showCanvas();
    });
}

/// Goes on, or starts, until @p stretch is over.
void MainWindow::goOnOrStart(Stretch stretch)
{
    if (m_session.active())
        m_session.goOn(stretch);
    else
        startTraining(stretch);
}

void MainWindow::findLearningRate()
{
    if (!readyToTrain())
        return;
    auto *dialog = new LrDialog(m_document.registry(), m_document.project(), this);
    connect(dialog, &LrDialog::useRequested, this, [this](double lr) { setRecipe("lr", lr); });
    dialog->show();
}

void MainWindow::setRecipe(const std::string &name, const ParamValue &value)
{
    if (const auto done = m_document.setRecipe(name, value); !done)
        statusBar()->showMessage(QString::fromStdString(done.error().text), 8000);
}

void MainWindow::tryOneBatch()
{
    if (!readyToTrain())
        return;
    auto *task = new BackgroundTask(this);
    auto *progress = new QProgressDialog(tr("Learning one batch by heart…"), tr("Cancel"), 0, 0, this);
    progress->setObjectName("overfitProgress");
    progress->setWindowTitle(tr("Overfit one batch"));
    progress->setMinimumDuration(300);
    connect(task, &BackgroundTask::progressed, progress, [progress](qint64 done, qint64 total) {
        progress->setRange(0, int(total));
        progress->setValue(int(done));
    });
    connect(progress, &QProgressDialog::canceled, task, &BackgroundTask::stop);
    connect(task, &BackgroundTask::ended, progress, &QObject::deleteLater);
    connect(task, &BackgroundTask::ended, task, &QObject::deleteLater);
    task->start([this, progress, &registry = m_document.registry(), project = m_document.project()](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        const Result<OverfitCheck> check = overfitOneBatch(registry, project, report);
        return [this, progress, check] {
            progress->hide();
            auto *box = new QMessageBox(check && check->learned ? QMessageBox::Information : QMessageBox::Warning, tr("Overfit one batch"),
                QString::fromStdString(check ? check->text : check.error().text), QMessageBox::Ok, this);
            box->setObjectName("overfitResult");
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->show();
        };
    });
}

} // namespace netloom
