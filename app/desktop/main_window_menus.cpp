// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/command_search.h"
#include "desktop/help_window.h"
#include "desktop/main_window.h"
#include "desktop/training_presenter.h"
#include "panels/inspector_panel.h"
#include "panels/palette_panel.h"
#include "panels/training_panel.h"
#include "theme/theme.h"
#include "train/trainer.h"

#include <QApplication>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QTabWidget>
#include <QToolBar>
#include <QUndoStack>

namespace netloom {

QAction *MainWindow::addAction(QMenu *menu, const QString &text, const QKeySequence &keys, const QString &icon)
{
    QAction *action = menu->addAction(text);
    action->setShortcut(keys);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    const QString plain = QString(text).remove('&').remove(QStringLiteral("…"));
    action->setToolTip(keys.isEmpty() ? plain : plain + QStringLiteral("  (") + keys.toString(QKeySequence::NativeText) + ')');
    return action;
}

void MainWindow::buildMenus()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildTrainMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    m_actions["new"] = addAction(menu, tr("&New from template…"), QKeySequence::New, "new");
    m_actions["open"] = addAction(menu, tr("&Open…"), QKeySequence::Open, "open");
    m_recentMenu = menu->addMenu(tr("Open &recent"));
    menu->addSeparator();
    m_actions["save"] = addAction(menu, tr("&Save"), QKeySequence::Save, "save");
    QAction *saveAs = addAction(menu, tr("Save &as…"), QKeySequence("Ctrl+Shift+S"));
    menu->addSeparator();
    QAction *quit = addAction(menu, tr("&Quit"), QKeySequence("Ctrl+Q"));

    connect(m_actions["new"], &QAction::triggered, this, [this] { newFromTemplate(); });
    connect(m_actions["open"], &QAction::triggered, m_files, &ProjectFiles::open);
    connect(m_actions["save"], &QAction::triggered, m_files, &ProjectFiles::save);
    connect(saveAs, &QAction::triggered, m_files, &ProjectFiles::saveAs);
    connect(quit, &QAction::triggered, this, &QWidget::close);
    fillRecentMenu();
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    const QStringList recent = m_files->recent();
    for (const QString &path : recent) {
        QAction *action = m_recentMenu->addAction(QFileInfo(path).completeBaseName());
        action->setToolTip(path);
        action->setStatusTip(path);
        connect(action, &QAction::triggered, this, [this, path] {
            if (m_files->mayDiscard())
                m_files->openFile(path);
        });
    }
    if (!recent.isEmpty()) {
        m_recentMenu->addSeparator();
        connect(m_recentMenu->addAction(tr("Clear list")), &QAction::triggered, m_files, &ProjectFiles::clearRecent);
    }
    m_recentMenu->setEnabled(!recent.isEmpty());
}

void MainWindow::buildEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    QUndoStack *stack = m_document.undoStack();
    QAction *undo = stack->createUndoAction(this, tr("Undo"));
    QAction *redo = stack->createRedoAction(this, tr("Redo"));
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    undo->setIcon(themedIcon("undo"));
    redo->setIcon(themedIcon("redo"));
    menu->addActions({undo, redo});
    m_actions["undo"] = undo;
    m_actions["redo"] = redo;
    menu->addSeparator();
    const auto canvasAction = [this, menu](const QString &text, const QKeySequence &keys, const QString &icon, void (CanvasView::*slot)()) {
        QAction *action = addAction(menu, text, keys, icon);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_canvas->addAction(action);
        connect(action, &QAction::triggered, m_canvas, slot);
        return action;
    };
    QList<QAction *> ofSelection;
    ofSelection << canvasAction(tr("Cu&t"), QKeySequence::Cut, {}, &CanvasView::cut);
    ofSelection << canvasAction(tr("&Copy"), QKeySequence::Copy, "copy", &CanvasView::copy);
    canvasAction(tr("&Paste"), QKeySequence::Paste, {}, &CanvasView::paste);
    ofSelection << canvasAction(tr("&Duplicate"), QKeySequence("Ctrl+D"), {}, &CanvasView::duplicate);
    ofSelection << canvasAction(tr("De&lete"), QKeySequence::Delete, "trash", &CanvasView::deleteSelection);
    menu->addSeparator();
    canvasAction(tr("T&idy up"), QKeySequence("Ctrl+L"), {}, &CanvasView::tidy);
    canvasAction(tr("Select &all"), QKeySequence::SelectAll, {}, &CanvasView::selectAll);
    QAction *find = addAction(menu, tr("&Find a node type"), QKeySequence::Find, "search");
    connect(find, &QAction::triggered, this, [this] {
        m_actions["palette"]->setChecked(true);
        m_palette->focusSearch();
    });
    const auto refresh = [this, ofSelection] {
        const bool nodes = !m_document.selectedNodes().empty();
        for (QAction *action : ofSelection)
            action->setEnabled(nodes);
        ofSelection.back()->setEnabled(nodes || !m_document.selectedLinks().empty());
    };
    connect(&m_document, &Document::selectionChanged, this, refresh);
    refresh();
}

void MainWindow::buildViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    m_actions["fit"] = addAction(menu, tr("&Fit all"), QKeySequence("Home"), "fit");
    m_actions["fit"]->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_canvas->addAction(m_actions["fit"]);
    m_actions["zoomIn"] = addAction(menu, tr("Zoom &in"), QKeySequence::ZoomIn, "zoom-in");
    m_actions["zoomOut"] = addAction(menu, tr("Zoom &out"), QKeySequence::ZoomOut, "zoom-out");
    QAction *fullSize = addAction(menu, tr("Zoom to 100 %"), QKeySequence("Ctrl+0"));
    connect(m_actions["fit"], &QAction::triggered, m_canvas, &CanvasView::zoomToFit);
    connect(m_actions["zoomIn"], &QAction::triggered, m_canvas, &CanvasView::zoomIn);
    connect(m_actions["zoomOut"], &QAction::triggered, m_canvas, &CanvasView::zoomOut);
    connect(fullSize, &QAction::triggered, m_canvas, &CanvasView::resetZoom);
    menu->addSeparator();
    const auto toggle = [this, menu](const QString &text, QWidget *panel, const QKeySequence &keys) {
        QAction *action = addAction(menu, text, keys);
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, panel, &QWidget::setVisible);
        return action;
    };
    m_actions["palette"] = toggle(tr("&Palette"), m_palette, QKeySequence("Ctrl+1"));
    m_actions["side"] = toggle(tr("&Inspector and issues"), m_side, QKeySequence("Ctrl+2"));
    m_actions["training"] = toggle(tr("&Training"), m_training, QKeySequence("Ctrl+3"));
    QAction *focus = addAction(menu, tr("Canvas &alone"), QKeySequence("F"));
    focus->setCheckable(true);
    focus->setShortcutContext(Qt::WidgetWithChildrenShortcut); // a letter: not while typing elsewhere
    m_canvas->addAction(focus);
    connect(focus, &QAction::toggled, this, &MainWindow::showCanvasAlone);
    buildWiresMenu(*menu);
    menu->addSeparator();
    QAction *dark = addAction(menu, tr("&Dark theme"), QKeySequence("Ctrl+Shift+D"));
    dark->setObjectName("darkTheme");
    dark->setCheckable(true);
    dark->setChecked(Theme::current().dark);
    dark->setIcon(themedIcon(Theme::current().dark ? "sun" : "moon"));
    m_actions["dark"] = dark;
    connect(dark, &QAction::toggled, this, &MainWindow::setDark);
}

void MainWindow::buildWiresMenu(QMenu &view)
{
    QMenu *menu = view.addMenu(tr("&Wires"));
    const auto option = [this, menu](const QString &text, const QString &name, bool WireLook::*part) {
        const QString key = "canvas/" + name;
        QAction *action = addAction(menu, text, {});
        action->setObjectName(name);
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, key, part](bool on) {
            WireLook look = m_canvas->canvasScene().wireLook();
            look.*part = on;
            m_canvas->canvasScene().setWireLook(look);
            QSettings().setValue(key, on);
        });
        action->setChecked(QSettings().value(key, WireLook().*part).toBool());
    };
    option(tr("&Labels"), "wireLabels", &WireLook::labels);
    option(tr("&Thickness by size"), "wireThickness", &WireLook::thickness);
}

void MainWindow::showCanvasAlone(bool alone)
{
    if (alone)
        m_hiddenForFocus.clear();
    for (const char *name : {"palette", "side", "training"}) {
        QAction *panel = m_actions[name];
        if (alone && panel->isChecked()) {
            m_hiddenForFocus << panel;
            panel->setChecked(false);
        }
    }
    if (!alone) {
        for (QAction *panel : std::as_const(m_hiddenForFocus))
            panel->setChecked(true);
    }
}

void MainWindow::setDark(bool dark)
{
    applyTheme(*qApp, dark);
    m_actions["dark"]->setIcon(themedIcon(dark ? "sun" : "moon"));
    QSettings().setValue("window/dark", dark);
}

void MainWindow::buildTrainMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Train"));
    QAction *start = addAction(menu, tr("&Start"), QKeySequence("Ctrl+Return"), "play");
    QAction *pause = addAction(menu, tr("&Pause or resume"), QKeySequence("Ctrl+Alt+P"), "pause");
    QAction *stop = addAction(menu, tr("S&top"), QKeySequence("Ctrl+Alt+Return"), "stop");
    menu->addSeparator();
    QAction *again = addAction(menu, tr("&Look at the data again"), QKeySequence("F5"), "reset");
    menu->addSeparator();
    QAction *report = addAction(menu, tr("Open &report"), QKeySequence("Ctrl+R"), "chart");
    QAction *folder = addAction(menu, tr("Open run &folder"), {}, "folder");
    connect(start, &QAction::triggered, this, &MainWindow::startTraining);
    connect(pause, &QAction::triggered, m_presenter, &TrainingPresenter::togglePause);
    connect(stop, &QAction::triggered, m_presenter, &TrainingPresenter::stop);
    connect(again, &QAction::triggered, this, &MainWindow::lookAgain);
    connect(report, &QAction::triggered, m_presenter, &TrainingPresenter::openReport);
    connect(folder, &QAction::triggered, m_presenter, &TrainingPresenter::openFolder);
    const auto refresh = [=, this] {
        const bool active = m_session.active();
        start->setEnabled(!active);
        pause->setEnabled(active);
        stop->setEnabled(active);
        const bool hasRun = !active && !m_session.folder().empty() && QFileInfo::exists(QString::fromStdString((m_session.folder() / "report.html").string()));
        report->setEnabled(hasRun);
        folder->setEnabled(hasRun);
    };
    connect(menu, &QMenu::aboutToShow, this, refresh);
    connect(m_presenter, &TrainingPresenter::activeChanged, this, refresh);
    refresh();
}

void MainWindow::buildHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    QAction *quick = addAction(menu, tr("&Quick start"), QKeySequence::HelpContents, "help");
    QAction *commands = addAction(menu, tr("&Find a command…"), QKeySequence("Ctrl+Shift+P"), "search");
    QAction *keys = addAction(menu, tr("&Canvas and keys"), QKeySequence("?"));
    QAction *about = addAction(menu, tr("&About Netloom"), {});
    m_actions["help"] = quick;
    connect(quick, &QAction::triggered, this, [this] { showHelp("quick-start"); });
    connect(commands, &QAction::triggered, this, &MainWindow::findCommand);
    connect(keys, &QAction::triggered, this, [this] { showHelp("canvas"); });
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::findCommand()
{
    m_commands = commandsOf(*menuBar());
    if (!m_commandSearch) {
        m_commandSearch = new SearchPopup("commands", tr("Find a command"), 420, this);
        connect(m_commandSearch, &SearchPopup::picked, this, [this](const QString &key) {
            m_canvas->setFocus();
            m_commands.at(key.toInt())->trigger();
        });
    }
    m_commandSearch->open({(width() - m_commandSearch->width()) / 2, 56}, [this](const QString &text) { return searchCommands(m_commands, text); });
}

void MainWindow::showHelp(const QString &page)
{
    auto *help = findChild<HelpWindow *>();
    if (!help)
        help = new HelpWindow(this);
    help->showPage(page);
    help->show();
    help->raise();
    help->activateWindow();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Netloom"),
        tr("<h3>Netloom %1</h3><p>Assemble, train and understand neural networks by drag and drop.</p>"
           "<p>LibTorch %2 · Qt %3</p><p>Free software under the GNU General Public License, version 3 or later. "
           "The Fashion-MNIST pictures are © Zalando SE, MIT licence.</p>")
            .arg(QApplication::applicationVersion(), QString::fromStdString(torchVersion()), QString::fromLatin1(qVersion())));
}

void MainWindow::buildToolBar()
{
    // In the menu's row: the canvas needs the height.
    auto *bar = new QToolBar(tr("Tools"));
    bar->setObjectName("toolBar");
    bar->setIconSize(QSize(20, 20));
    bar->addActions({m_actions["new"], m_actions["open"], m_actions["save"]});
    bar->addSeparator();
    bar->addActions({m_actions["undo"], m_actions["redo"]});
    bar->addSeparator();
    bar->addActions({m_actions["zoomOut"], m_actions["zoomIn"], m_actions["fit"]});
    bar->addSeparator();
    bar->addActions({m_actions["dark"], m_actions["help"]});
    menuBar()->setCornerWidget(bar, Qt::TopRightCorner);
}

} // namespace netloom
