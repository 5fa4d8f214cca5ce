// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/compare_presenter.h"
#include "desktop/main_window.h"
#include "desktop/runs_presenter.h"
#include "panels/training_panel.h"
#include "run/run_list.h"
#include "runs/runs_view.h"

#include <QAction>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>

namespace netloom {

void MainWindow::connectRuns()
{
    QAction *shown = m_commands.action("view.runs");
    connect(shown, &QAction::toggled, this, [this](bool on) {
        m_stage->setCurrentWidget(on ? static_cast<QWidget *>(m_runs) : m_rows);
        if (on)
            m_runsPresenter->setFolder(runsFolder());
        m_runsPresenter->setActive(on);
        on ? m_runs->focusTable() : m_canvas->setFocus();
    });
    onCommand("train.seeds", [this] { askForSeeds(); });
    connect(m_training, &TrainingPanel::repeatRequested, m_commands.action("train.seeds"), &QAction::trigger);
    connect(m_runs, &RunsView::backRequested, shown, [shown] { shown->setChecked(false); });
    connect(m_runs, &RunsView::startRequested, this, [this] { startTraining(); });
    connect(m_runs, &RunsView::openRequested, this, [this](const QString &folder) { openNetworkOfRun(folder, tr("Open network")); });
    connect(m_runs, &RunsView::compareRequested, this, [this, shown](const QString &folder) {
        m_files->commitEdits();
        if (m_compare->compareWith(folder, tr("the run %1").arg(QFileInfo(folder).fileName())))
            shown->setChecked(false);
    });
    connect(m_runsPresenter, &RunsPresenter::messageRequested, this, [this](const QString &text) { statusBar()->showMessage(text, 8000); });
    connect(m_files, &ProjectFiles::pathChanged, this, [this, shown] {
        if (shown->isChecked())
            m_runsPresenter->setFolder(runsFolder());
    });
    connect(&m_session, &TrainingSession::eventReceived, this, [this](const TrainEvent &event) {
        if (std::holds_alternative<EpochDone>(event) || std::holds_alternative<TrainStarted>(event))
            m_runsPresenter->refresh();
        if (const auto *finished = std::get_if<TrainFinished>(&event); (finished && finished->stopped) || std::holds_alternative<TrainFailed>(event))
            m_seeds.clear(); // the rest isn't wanted, or would fail as well
    });
    connect(&m_session, &TrainingSession::ended, this, [this] {
        m_runsPresenter->refresh();
        startNextSeed();
    });
}

/// The run's own copy stays as it was: what is opened is new and has no file.
void MainWindow::openNetworkOfRun(const QString &folder, const QString &title)
{
    if (!m_files->mayDiscard())
        return;
    auto loaded = loadProjectOrRun(m_document.registry(), folder.toStdString());
    if (loaded)
        m_files->startNew(std::move(loaded->project), QFileInfo(folder).fileName());
    else
        QMessageBox::warning(this, title, QString::fromStdString(loaded.error().text));
}

void MainWindow::askForSeeds()
{
    constexpr int kUsual = 3, kFewest = 2, kMost = 50;
    if (!readyToTrain())
        return;
    const int first = int(m_document.recipe().integer("seed"));
    QInputDialog dialog(this);
    dialog.setObjectName("repeatSeeds");
    dialog.setWindowTitle(tr("Repeat with several seeds"));
    dialog.setInputMode(QInputDialog::IntInput);
    dialog.setIntRange(kFewest, kMost);
    dialog.setIntValue(kUsual);
    dialog.setLabelText(tr("How many times shall the network be trained, each time with the next seed from %1 on?\n"
                           "The runs show how much of a result is chance: as mean and standard deviation.").arg(first));
    dialog.setOkButtonText(tr("Train"));
    if (dialog.exec() == QDialog::Accepted)
        startSeeds(dialog.intValue());
}

void MainWindow::startSeeds(int count)
{
    if (!readyToTrain())
        return;
    const std::int64_t first = m_document.recipe().integer("seed");
    m_seeds.clear();
    m_seedsDone = 0;
    m_seedProject = m_document.project(); // edits while it trains don't count
    m_seedFile = m_files->path();
    m_seedFolder = makeRunFolder(runsFolder(), m_files->displayName().toStdString() + kSeedsSuffix);
    for (std::int64_t seed = first; seed < first + count; ++seed)
        m_seeds.push_back(seed);
    startNextSeed();
}

void MainWindow::startNextSeed()
{
    if (m_seeds.empty() || m_closeWhenEnded)
        return;
    const std::int64_t seed = m_seeds.front();
    const std::size_t all = std::size_t(++m_seedsDone) + m_seeds.size() - 1;
    m_seeds.pop_front();
    m_seedProject.recipe.set("seed", seed);
    train(m_seedProject, m_seedFile, m_seedFolder / seedFolder(seed));
    m_training->setState(TrainingPanel::State::Preparing, tr("seed %1, run %2 of %3").arg(seed).arg(m_seedsDone).arg(all));
}

} // namespace netloom
