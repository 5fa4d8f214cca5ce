// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"

#include "canvas/canvas_view.h"
#include "data/loader.h"
#include "data/table_text.h"
#include "desktop/autosave.h"
#include "desktop/compare_presenter.h"
#include "desktop/data_presenter.h"
#include "desktop/evaluation_presenter.h"
#include "desktop/new_project_dialog.h"
#include "desktop/preview_presenter.h"
#include "desktop/runs_presenter.h"
#include "desktop/search_presenter.h"
#include "desktop/training_presenter.h"
#include "desktop/try_presenter.h"
#include "graph/machine_memory.h"
#include "panels/fact_rows.h"
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "panels/issues_panel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabWidget>
#include <QTimer>

namespace netloom {

namespace {

/// Dropped folders, project files, pictures and tables; not anything else.
QStringList droppedPaths(const QMimeData *mime)
{
    QStringList paths;
    for (const QUrl &url : mime->urls()) {
        const QFileInfo file(url.toLocalFile());
        const std::string name = file.filePath().toStdString();
        if (file.isDir() || (file.isFile() && (file.suffix() == "netloom" || isPictureFile(name) || isTableFile(name))))
            paths << file.absoluteFilePath();
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(const NodeRegistry &registry, const QString &blocksFolder, QWidget *parent)
    : QMainWindow(parent), m_ownBlocks(registry, blocksFolder), m_document(registry), m_session(registry), m_look(registry), m_recognition(registry),
      m_files(new ProjectFiles(m_document, this)), m_blockKeeper(new BlockKeeper(m_document, m_ownBlocks, this)),
      m_autosave(new Autosave(m_document, this))
{
    setObjectName("mainWindow");
    setAcceptDrops(true);
    setMinimumSize(960, 640);
    resize(1280, 800);
    m_document.setOwnBlocks(&m_ownBlocks);
    buildPanels();
    buildMenus();
    buildToolBar();
    buildStatusBar();
    connectDocument();
    m_document.setMachineMemory(machineMemory());
    updateTitle();
    updateFigures();
}

MainWindow::~MainWindow()
{
    if (QWidget *field = focusWidget())
        field->clearFocus(); // it reports what was typed, while everybody who listens is there
    delete m_data; // before the browser
    delete m_runsPresenter;
    delete m_search; // before its view
    delete m_try;  // these two before the view of the evaluation
    delete m_evaluation;
    delete takeCentralWidget(); // before the document that the panels show
}

void MainWindow::connectDocument()
{
    connect(&m_look, &DataLook::lookStarted, this, [this] { statusBar()->showMessage(tr("Looking at the data…")); });
    connect(&m_look, &DataLook::looked, this, [this](const SourceFacts &facts) {
        statusBar()->clearMessage();
        m_document.setFacts(facts);
        m_previews->setSource(m_look.source());
        m_data->setSource(m_look.source());
    });
    // Once per step, however many nodes it changed.
    connect(&m_document, &Document::inferenceChanged, this, [this] { m_look.look(m_document.graph()); });
    connect(&m_document, &Document::projectReset, this, [this] {
        showCanvas();
        m_evaluation->forget();
        m_data->setRun({});
        m_search->forget();
        lookAgain();
        m_canvas->setFocus();
        QTimer::singleShot(0, m_canvas, &CanvasView::zoomToFit);
    });
    connect(&m_document, &Document::inferenceChanged, this, &MainWindow::updateFigures);
    connect(&m_document, &Document::dirtyChanged, this, &MainWindow::updateTitle);
    connect(&m_document, &Document::selectionChanged, this, [this] {
        // Not away from the history while its steps are clicked through, nor from a comparison, which shows the selected node itself.
        if (!m_document.selectedNodes().empty() && !m_history->isAncestorOf(QApplication::focusWidget()) && !m_compare->isInFront())
            m_side->setCurrentWidget(m_inspector);
    });
    connect(m_autosave, &Autosave::failed, this, [this](const QString &reason) {
        statusBar()->showMessage(tr("No copy of the unsaved work could be written: %1").arg(reason), 10'000);
    });
    connect(m_files, &ProjectFiles::pathChanged, this, &MainWindow::updateTitle);
    connect(m_files, &ProjectFiles::pathChanged, this, [this] { m_history->setHasFile(!m_files->path().isEmpty()); });
    connect(m_files, &ProjectFiles::recentChanged, this, &MainWindow::fillRecentMenu);
    connect(&m_session, &TrainingSession::ended, this, [this] {
        m_previews->trainingEnded(m_session.folder());
        m_data->setRun(m_session.folder());
        if (m_closeWhenEnded)
            close();
    });
}

void MainWindow::updateTitle()
{
    setWindowTitle(tr("%1[*] – Netloom").arg(m_files->displayName()));
    setWindowModified(m_document.isDirty());
}

void MainWindow::updateFigures()
{
    const Inference &inference = m_document.inference();
    m_figures->setText(m_document.graph().empty() ? QString()
                                                  : tr("%1 parameters  ·  %2 multiply-adds per sample")
                                                        .arg(shortCount(inference.parameters()), shortCount(inference.multiplyAdds())));
}

bool MainWindow::startFromTemplate(const QString &id, const QString &folder)
{
    const ProjectTemplate *found = findTemplate(id.toStdString());
    if (!found)
        return false;
    m_files->startNew(makeProject(*found, m_document.registry(), folder.toStdString()), id);
    return true;
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    restoreGeometry(settings.value("window/geometry").toByteArray());
    m_columns->restoreState(settings.value("window/columns").toByteArray());
    m_rows->restoreState(settings.value("window/rows").toByteArray());
}

void MainWindow::offerAbandonedWork()
{
    const QString copy = m_autosave->abandonedCopy();
    if (copy.isEmpty())
        return;
    QMessageBox box(QMessageBox::Question, tr("Unsaved work"), tr("Netloom did not close as it should, and kept unsaved work. Open it?"),
        QMessageBox::Open | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setObjectName("abandonedWork");
    box.setInformativeText(tr("Cancel keeps it for the next time."));
    const int answer = box.exec();
    if (answer == QMessageBox::Cancel || (answer == QMessageBox::Open && !m_files->mayDiscard()))
        return;
    if (answer == QMessageBox::Open && !m_files->openRecovered(copy))
        return;
    if (m_autosave->updateNow())
        QFile::remove(copy);
}

QString MainWindow::writeRecoveryCopy()
{
    (void)m_autosave->updateNow();
    return m_autosave->file();
}

void MainWindow::newFromTemplate(const QString &folder)
{
    if (!m_files->mayDiscard())
        return;
    NewProjectDialog dialog(m_document.registry(), this);
    if (!folder.isEmpty())
        dialog.setFolder(folder);
    if (dialog.exec() != QDialog::Accepted)
        return;
    if (dialog.hasTable())
        startFromTable(dialog.project(), dialog.templateId());
    else
        m_files->startNew(dialog.project(), dialog.templateId());
}

std::filesystem::path MainWindow::runsFolder() const
{
    const QString folder = m_files->path().isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                                                     : QFileInfo(m_files->path()).absolutePath();
    return std::filesystem::path(QDir(folder).filePath("runs").toStdString());
}

bool MainWindow::readyToTrain()
{
    if (m_session.active())
        return false;
    m_files->commitEdits();
    if (!hasErrors(m_document.inference().issues))
        return true;
    showCanvas();
    m_commands.action("view.side")->setChecked(true);
    m_side->setCurrentWidget(m_issues);
    statusBar()->showMessage(tr("Something is still wrong with the network: see the issues."), 6000);
    return false;
}

void MainWindow::startTraining(Stretch stretch)
{
    if (readyToTrain())
        train(m_document.project(), m_files->path(), makeRunFolder(runsFolder(), m_files->displayName().toStdString()), stretch);
}

void MainWindow::train(const Project &project, const QString &file, const std::filesystem::path &folder, Stretch stretch)
{
    TrainingRun::Options options;
    options.stretch = stretch;
    options.pausesOnTrouble = true;
    options.folder = folder;
    options.folderIsOwn = true;
    options.projectFile = file.toStdString();
    options.title = m_files->title().toStdString();
    m_session.start(project, options);
    m_presenter->begin();
    m_previews->trainingStarted();
    showCanvas(); // the curves are below the canvas
}

void MainWindow::askForPath(NodeId node, const QString &param, bool folder)
{
    const Node *asked = m_document.graph().find(node);
    if (!asked)
        return;
    const QString now = QString::fromStdString(formatParam(asked->params.at(param.toStdString())));
    const QString chosen = folder ? QFileDialog::getExistingDirectory(this, tr("Choose a folder"), now)
                                  : QFileDialog::getOpenFileName(this, tr("Choose a file"), now);
    if (chosen.isEmpty())
        return;
    m_look.forget(); // the same folder again: what it holds may have changed
    if (m_document.setParam(node, param.toStdString(), chosen.toStdString()))
        m_look.look(m_document.graph());
}

void MainWindow::lookAgain()
{
    m_look.forget();
    m_data->forget();
    m_look.look(m_document.graph());
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    // Back from the file manager, where what was wrong with the data may have been mended.
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && !m_document.facts().problem.empty())
        lookAgain();
}

void MainWindow::useAsSample(const QString &picture)
{
    m_commands.action("view.previews")->setChecked(true);
    m_previews->showFile(picture);
    if (!findPipeline(m_document.graph(), m_document.registry()).source.valid())
        statusBar()->showMessage(tr("There is no data node for the picture to come from: drag ImageFolder onto the canvas."), 6000);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList paths = droppedPaths(event->mimeData());
    if (paths.isEmpty())
        return;
    const QString path = paths.front();
    event->acceptProposedAction();
    // Questions wait until the drag is over, or the program that the drag came from would hang.
    QTimer::singleShot(0, this, [this, path, paths] {
        if (!path.endsWith(QLatin1String(".netloom")) && tryDropped(paths))
            return;
        if (QFileInfo(path).isDir())
            useFolder(path);
        else if (isPictureFile(path.toStdString()))
            useAsSample(path);
        else if (isTableFile(path.toStdString()))
            useTable(path);
        else if (m_files->mayDiscard())
            m_files->openFile(path);
    });
}

bool MainWindow::mayStop(const QString &name, const QString &title, const QString &question, const QString &kept)
{
    QMessageBox box(QMessageBox::Question, title, question, QMessageBox::Cancel, this);
    box.setObjectName(name);
    box.setInformativeText(kept);
    QPushButton *stop = box.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    box.setDefaultButton(stop);
    box.exec();
    return box.clickedButton() == stop;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_closeWhenEnded && m_session.active()) {
        event->ignore();
        return;
    }
    if (!m_closeWhenEnded && (!mayEndSearch() || !m_files->mayDiscard())) {
        event->ignore();
        return;
    }
    if (m_session.active()) {
        event->ignore();
        if (!mayStop("stopTraining", tr("Training is running"), tr("Stop training and close?"), tr("What was learned so far is kept as a run.")))
            return;
        m_closeWhenEnded = true;
        if (m_session.active()) {
            m_session.stop();
            hide();
            return;
        }
    }
    m_autosave->finish();
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/columns", m_columns->saveState());
    settings.setValue("window/rows", m_rows->saveState());
    event->accept();
    QApplication::quit();
}

} // namespace netloom
