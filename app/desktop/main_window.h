// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/data_look.h"
#include "desktop/project_files.h"
#include "desktop/training_session.h"
#include "document/document.h"

#include <QMainWindow>

class QLabel;
class QMenu;
class QSplitter;
class QTabWidget;

namespace netloom {

class Autosave;
class CanvasView;
class InspectorPanel;
class IssuesPanel;
class PalettePanel;
class SearchPopup;
class TrainingPanel;
class TrainingPresenter;

/// The program's window: palette, canvas and inspector above, training below. Joins the document with files, data and
/// training; holds no rule of its own.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const NodeRegistry &registry, QWidget *parent = nullptr);
    ~MainWindow() override;

    Document &document() { return m_document; }
    ProjectFiles &files() { return *m_files; }
    TrainingSession &session() { return m_session; }
    CanvasView *canvas() const { return m_canvas; }

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
    void startTraining();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildPanels();
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildTrainMenu();
    void buildHelpMenu();
    void buildToolBar();
    void buildStatusBar();
    void connectDocument();
    void fillRecentMenu();
    void updateTitle();
    void updateFigures();
    void lookAgain();
    void askForPath(NodeId node, const QString &param, bool folder);
    void useFolder(const QString &folder);
    void buildWiresMenu(QMenu &view);
    void showCanvasAlone(bool alone);
    void findCommand();
    void setDark(bool dark);
    void showHelp(const QString &page);
    void showAbout();
    QAction *addAction(QMenu *menu, const QString &text, const QKeySequence &keys, const QString &icon = {});

    Document m_document;
    TrainingSession m_session;
    DataLook m_look;
    ProjectFiles *m_files = nullptr;
    Autosave *m_autosave = nullptr;

    CanvasView *m_canvas = nullptr;
    PalettePanel *m_palette = nullptr;
    InspectorPanel *m_inspector = nullptr;
    IssuesPanel *m_issues = nullptr;
    TrainingPanel *m_training = nullptr;
    TrainingPresenter *m_presenter = nullptr;
    QSplitter *m_columns = nullptr;
    QSplitter *m_rows = nullptr;
    QTabWidget *m_side = nullptr;
    QMenu *m_recentMenu = nullptr;
    QLabel *m_figures = nullptr;
    QLabel *m_zoom = nullptr;
    std::map<QString, QAction *> m_actions;
    SearchPopup *m_commandSearch = nullptr;
    QList<QAction *> m_commands; ///< that the search offers
    QList<QAction *> m_hiddenForFocus; ///< panels that come back when the canvas is no longer alone
    bool m_closeWhenEnded = false;
};

} // namespace netloom
