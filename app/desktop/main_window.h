// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands/commands.h"
#include "desktop/block_keeper.h"
#include "desktop/data_look.h"
#include "desktop/folder_recognition.h"
#include "desktop/project_files.h"
#include "desktop/system_motion.h"
#include "desktop/training_session.h"
#include "document/document.h"
#include "theme/theme.h"

#include <QMainWindow>

#include <deque>
#include <functional>

class QActionGroup;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace netloom {

class Autosave;
class CanvasView;
class ComparePanel;
class ComparePresenter;
class DataBrowser;
class DataPresenter;
class EvaluationPresenter;
class EvaluationView;
class HistoryPanel;
class InspectorPanel;
class IssuesPanel;
class PalettePanel;
class PreviewPresenter;
class RunsPresenter;
class RunsView;
class SampleBar;
class SearchPopup;
class SearchPresenter;
class SearchView;
class ThumbnailStore;
class TrainingPanel;
class TrainingPresenter;
class TryPresenter;

/// The program's window: palette, canvas and inspector above, training below. Joins the document with files, data and
/// training; holds no rule of its own.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// @p blocksFolder is where the user's own blocks are.
    explicit MainWindow(const NodeRegistry &registry, const QString &blocksFolder = BlockKeeper::usualFolder(), QWidget *parent = nullptr);
    ~MainWindow() override;

    Document &document() { return m_document; }
    ProjectFiles &files() { return *m_files; }
    TrainingSession &session() { return m_session; }
    Commands &commands() { return m_commands; }
    CanvasView *canvas() const { return m_canvas; }
    ComparePresenter &compare() { return *m_compare; }
    PreviewPresenter &previews() { return *m_previews; }
    DataBrowser &dataBrowser() { return *m_browser; }
    EvaluationView &evaluationView() { return *m_evaluationView; }
    RunsView &runsView() { return *m_runs; }
    SearchView &searchView() { return *m_searchView; }
    SearchPresenter &search() { return *m_search; }

    /// Starts from a template without asking; false for an unknown id.
    bool startFromTemplate(const QString &id, const QString &folder = {});
    /// Size and split as they were left last time.
    void restoreLayout();
    /// Asks whether to take up unsaved work that a crash left behind, if there is some.
    void offerAbandonedWork();
    /// Writes the copy of unsaved work now and gives its path.
    QString writeRecoveryCopy();
    /// Where runs of the present project go.
    std::filesystem::path runsFolder() const;

public slots:
    void newFromTemplate(const QString &folder = {});
    /// Pauses after @p stretch.
    void startTraining(Stretch stretch = Stretch::ToTheEnd);
    /// Trains @p count times, one after the other, with consecutive seeds; the runs lie in one folder.
    void startSeeds(int count);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildPanels();
    void connectPanels();
    void buildMenus();
    void connectFileCommands();
    void connectEditCommands();
    void connectBlocks();
    void connectViewCommands();
    void connectCompareCommands();
    void connectPreviewCommands();
    void connectDataBrowser();
    void buildEvaluation();
    void connectEvaluation();
    void openTrainedCell(int truth, int predicted);
    /// Answers what is dropped while the evaluation is shown; false where it isn't.
    bool tryDropped(const QStringList &paths);
    void connectRuns();
    /// In the place of the project; @p title is over the message where that fails.
    void openNetworkOfRun(const QString &folder, const QString &title);
    void askForSeeds();
    void startNextSeed();
    void train(const Project &project, const QString &file, const std::filesystem::path &folder, Stretch stretch = Stretch::ToTheEnd);
    /// The network, in the place of the data or the runs.
    void showCanvas();
    void buildSearch();
    void connectSearch();
    /// Adds the parameter to the search view's form and shows it.
    void searchOver(const QString &axis);
    /// False where a search runs that people want to go on.
    bool mayEndSearch();
    /// Asks whether to stop what runs and to close. @p name is the box's object name, @p kept tells what remains of the work.
    bool mayStop(const QString &name, const QString &title, const QString &question, const QString &kept);
    void connectTrainCommands();
    void refreshTrainCommands();
    void connectResume();
    void goOnOrStart(Stretch stretch);
    void findLearningRate();
    void tryOneBatch();
    /// Tells in the status bar why, where the value can't be taken.
    void setRecipe(const std::string &name, const ParamValue &value);
    /// False while one trains, and where the network has errors, which are then shown.
    bool readyToTrain();
    void connectHelpCommands();
    void onCommand(const char *id, std::function<void()> act);
    void buildToolBar();
    void buildStatusBar();
    void connectDocument();
    void fillRecentMenu();
    void updateTitle();
    void updateFigures();
    void lookAgain();
    void chooseStartWeights();
    void askForPath(NodeId node, const QString &param, bool folder);
    void connectPictureSources();
    /// Finds out what reads @p folder; useData() follows.
    void useFolder(const QString &folder);
    void useData(const QString &folder, const std::optional<DataChoice> &choice);
    /// Asks whether the source is to be replaced by what reads @p folder, or a new project made of that.
    void offerData(NodeId source, const QString &folder, const DataChoice &choice);
    void readData(NodeId source, const DataChoice &choice);
    /// Lets people take pictures of their own, for the ImageFolder @p node or for the project where they want that.
    void collectPictures(NodeId node);
    /// That of the ImageFolder @p source, but not the sample that ships.
    QString folderToCollectIn(NodeId source) const;
    /// Asks which list and columns a LabelledImages reads, and sets them in one step.
    void chooseLabels(NodeId node);
    void connectTables();
    /// Asks what a CSVTable is to take from its file, or from @p file instead, and sets it in one step.
    void chooseColumns(NodeId node, const QString &file = {});
    void useTable(const QString &file);
    /// Asks what is to be learned from the project's table, and starts with the network for that; with no @p templateId nothing where
    /// people cancel.
    void startFromTable(Project project, const QString &templateId);
    void useAsSample(const QString &picture);
    void connectWires();
    void showCanvasAlone(bool alone);
    void searchCommand();
    void connectMotion();
    void connectThemes();
    QAction *themeAction(ThemeKind kind) const;
    void setTheme(ThemeKind kind);
    void showTheme();
    void showKeys();
    void showHelp(const QString &page);
    void showAbout();

    OwnBlocks m_ownBlocks; // before the document, which offers them
    Commands m_commands; // before the document, whose undo stack tells them to the last what can be undone
    Document m_document;
    TrainingSession m_session;
    DataLook m_look;
    FolderRecognition m_recognition;
    SystemMotion m_systemMotion;
    ProjectFiles *m_files = nullptr;
    BlockKeeper *m_blockKeeper = nullptr;
    Autosave *m_autosave = nullptr;

    CanvasView *m_canvas = nullptr;
    PalettePanel *m_palette = nullptr;
    SampleBar *m_sampleBar = nullptr;
    PreviewPresenter *m_previews = nullptr;
    InspectorPanel *m_inspector = nullptr;
    IssuesPanel *m_issues = nullptr;
    HistoryPanel *m_history = nullptr;
    ComparePanel *m_comparePanel = nullptr;
    ComparePresenter *m_compare = nullptr;
    TrainingPanel *m_training = nullptr;
    TrainingPresenter *m_presenter = nullptr;
    ThumbnailStore *m_thumbnails = nullptr;
    DataBrowser *m_browser = nullptr;
    DataPresenter *m_data = nullptr;
    RunsView *m_runs = nullptr;
    RunsPresenter *m_runsPresenter = nullptr;
    QStackedWidget *m_stage = nullptr; ///< the network, or in its place the data, the runs, a search or an evaluation
    QActionGroup *m_stages = nullptr;  ///< their commands; none is checked while the network is seen
    std::deque<std::int64_t> m_seeds;  ///< still to be trained with
    int m_seedsDone = 0;
    Project m_seedProject;             ///< as it was when they began
    QString m_seedFile;                ///< where it lies
    std::filesystem::path m_seedFolder;
    SearchView *m_searchView = nullptr;
    SearchPresenter *m_search = nullptr;
    EvaluationView *m_evaluationView = nullptr;
    EvaluationPresenter *m_evaluation = nullptr;
    TryPresenter *m_try = nullptr;
    QSplitter *m_columns = nullptr;
    QSplitter *m_rows = nullptr;
    QTabWidget *m_side = nullptr;
    QMenu *m_recentMenu = nullptr;
    QLabel *m_figures = nullptr;
    QLabel *m_zoom = nullptr;
    SearchPopup *m_commandSearch = nullptr;
    QList<QAction *> m_offered; ///< by the search for commands
    QList<QAction *> m_hiddenForFocus; ///< panels that come back when the canvas is no longer alone
    bool m_closeWhenEnded = false;
};

} // namespace netloom
