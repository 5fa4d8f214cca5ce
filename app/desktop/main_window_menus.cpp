// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "commands/keys_dialog.h"
#include "desktop/command_search.h"
#include "desktop/compare_presenter.h"
#include "desktop/help_window.h"
#include "desktop/main_window.h"
#include "desktop/preview_presenter.h"
#include "desktop/training_presenter.h"
#include "document/comparison.h"
#include "panels/compare_panel.h"
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "panels/issues_panel.h"
#include "panels/palette_panel.h"
#include "panels/training_panel.h"
#include "theme/theme.h"
#include "train/trainer.h"

#include <QActionGroup>
#include <QApplication>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QUndoStack>

#include <algorithm>

namespace netloom {

namespace {

constexpr ThemeKind kThemes[] = {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast};

} // namespace

void MainWindow::buildMenus()
{
    std::map<QString, QMenu *> menus;
    for (const CommandSpec &spec : allCommands()) {
        QString path;
        QMenu *menu = nullptr;
        for (const QString &name : QCoreApplication::translate("Commands", spec.menu).split('/')) {
            path += '/' + name;
            QMenu *&found = menus[path];
            if (!found)
                found = menu ? menu->addMenu(name) : menuBar()->addMenu(name);
            menu = found;
        }
        if (spec.startsGroup)
            menu->addSeparator();
        QAction *action = m_commands.action(spec.id);
        menu->addAction(action);
        if (spec.scope == KeyScope::Window)
            addAction(action);
        if (spec.id == QLatin1String("file.open"))
            m_recentMenu = menu->addMenu(tr("Open &recent"));
    }
    QSettings settings;
    m_commands.load(settings);
    connect(&m_commands, &Commands::keysChanged, this, [this] {
        QSettings settings;
        m_commands.save(settings);
    });
    m_canvas->bindCommands(m_commands);
    connectFileCommands();
    connectEditCommands();
    connectBlocks();
    connectViewCommands();
    connectCompareCommands();
    connectPreviewCommands();
    connectDataBrowser();
    connectRuns();
    connectSearch();
    connectEvaluation();
    connectWires();
    connectTrainCommands();
    connectHelpCommands();
}

void MainWindow::connectFileCommands()
{
    onCommand("file.new", [this] { newFromTemplate(); });
    onCommand("file.open", [this] { m_files->open(); });
    onCommand("file.save", [this] { m_files->save(); });
    onCommand("file.saveAs", [this] { m_files->saveAs(); });
    onCommand("file.quit", [this] { close(); });
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

void MainWindow::connectEditCommands()
{
    QUndoStack *stack = m_document.undoStack();
    onCommand("edit.undo", [stack] { stack->undo(); });
    onCommand("edit.redo", [stack] { stack->redo(); });
    const auto refresh = [this, stack] {
        const auto name = [](const QString &verb, const QString &step) { return step.isEmpty() ? verb : tr("%1 “%2”").arg(verb, step); };
        QAction *undo = m_commands.action("edit.undo");
        QAction *redo = m_commands.action("edit.redo");
        undo->setEnabled(stack->canUndo());
        redo->setEnabled(stack->canRedo());
        undo->setText(name(findCommand("edit.undo")->shownText(), stack->undoText()));
        redo->setText(name(findCommand("edit.redo")->shownText(), stack->redoText()));
    };
    connect(stack, &QUndoStack::indexChanged, this, refresh);
    connect(&m_document, &Document::projectReset, this, refresh);
    refresh();
    onCommand("edit.findType", [this] {
        m_commands.action("view.palette")->setChecked(true);
        m_palette->focusSearch();
    });
}

void MainWindow::connectBlocks()
{
    onCommand("edit.saveBlock", [this] { m_blockKeeper->saveSelected(); });
    onCommand("file.importBlock", [this] { m_blockKeeper->import(); });
    connect(m_palette, &PalettePanel::ownBlockMenuRequested, m_blockKeeper, &BlockKeeper::showMenu);
    connect(m_palette, &PalettePanel::ownBlockRenameRequested, m_blockKeeper, &BlockKeeper::rename);
    connect(m_palette, &PalettePanel::ownBlockDeleteRequested, m_blockKeeper, &BlockKeeper::remove);
    connect(m_blockKeeper, &BlockKeeper::kept, m_palette, &PalettePanel::showOwnBlock);
    const auto say = [this](const QString &text) { statusBar()->showMessage(text, 8000); };
    connect(m_palette, &PalettePanel::messageRequested, this, say);
    connect(m_blockKeeper, &BlockKeeper::messageRequested, this, say);
}

void MainWindow::connectViewCommands()
{
    m_stages = new QActionGroup(this);
    m_stages->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const char *id : {"view.data", "view.runs", "view.evaluation", "view.search"})
        m_stages->addAction(m_commands.action(id));
    const auto toggle = [this](const char *id, QWidget *panel) {
        QAction *action = m_commands.action(id);
        action->setChecked(true);
        connect(action, &QAction::toggled, panel, &QWidget::setVisible);
    };
    toggle("view.palette", m_palette);
    toggle("view.side", m_side);
    toggle("view.training", m_training);
    connect(m_commands.action("view.alone"), &QAction::toggled, this, &MainWindow::showCanvasAlone);
    const auto showTab = [this](QWidget *tab) {
        showCanvas();
        m_commands.action("view.side")->setChecked(true);
        m_side->setCurrentWidget(tab);
    };
    onCommand("view.inspector", [this, showTab] { showTab(m_inspector); });
    onCommand("view.issues", [this, showTab] { showTab(m_issues); });
    onCommand("view.history", [this, showTab] { showTab(m_history); });
    connectMotion();
    connectThemes();
}

void MainWindow::showCanvas()
{
    if (QAction *shown = m_stages->checkedAction())
        shown->setChecked(false);
}

void MainWindow::connectCompareCommands()
{
    QAction *stop = m_commands.action("view.stopComparing");
    stop->setEnabled(false);
    onCommand("view.compare", [this] {
        m_files->commitEdits();
        m_compare->ask(runsFolder());
    });
    connect(stop, &QAction::triggered, &m_document.comparison(), &Comparison::stop);
    connect(m_compare, &ComparePresenter::askRequested, m_commands.action("view.compare"), &QAction::trigger);
    connect(m_compare, &ComparePresenter::begun, this, [this] { m_commands.action("view.side")->setChecked(true); });
    connect(m_compare, &ComparePresenter::activeChanged, stop, &QAction::setEnabled);
}

void MainWindow::connectMotion()
{
    QAction *reduce = m_commands.action("view.reduceMotion");
    const auto apply = [this, reduce] {
        const bool reduced = QSettings().value("window/reduceMotion", m_systemMotion.isReduced()).toBool();
        reduce->setChecked(reduced);
        m_canvas->setReducedMotion(reduced);
    };
    connect(&m_systemMotion, &SystemMotion::changed, this, apply);
    onCommand("view.reduceMotion", [reduce, apply] {
        QSettings().setValue("window/reduceMotion", reduce->isChecked());
        apply();
    });
    apply();
}

void MainWindow::connectThemes()
{
    auto *themes = new QActionGroup(this);
    for (ThemeKind kind : kThemes) {
        QAction *action = themeAction(kind);
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, kind] { setTheme(kind); });
    }
    onCommand("theme.next", [this] {
        const auto now = std::ranges::find(kThemes, Theme::current().kind);
        setTheme(std::next(now) == std::end(kThemes) ? kThemes[0] : *std::next(now));
    });
    showTheme();
}

QAction *MainWindow::themeAction(ThemeKind kind) const
{
    switch (kind) {
    case ThemeKind::Light: break;
    case ThemeKind::Dark: return m_commands.action("theme.dark");
    case ThemeKind::HighContrast: return m_commands.action("theme.highContrast");
    }
    return m_commands.action("theme.light");
}

void MainWindow::setTheme(ThemeKind kind)
{
    applyTheme(*qApp, kind);
    QSettings().setValue("window/theme", themeName(kind));
    showTheme();
}

void MainWindow::showTheme()
{
    const ThemeKind kind = Theme::current().kind;
    themeAction(kind)->setChecked(true);
    const char *next = kind == ThemeKind::Light ? "moon" : kind == ThemeKind::Dark ? "contrast" : "sun";
    m_commands.action("theme.next")->setIcon(themedIcon(next));
}

void MainWindow::connectPreviewCommands()
{
    onCommand("view.enlarge", [this] { m_canvas->enlargePreview(); });
    onCommand("view.nextSample", [this] { m_previews->step(1); });
    onCommand("view.previousSample", [this] { m_previews->step(-1); });
    onCommand("view.anySample", [this] { m_previews->random(); });
    onCommand("view.pictureSample", [this] { m_previews->askForPicture(); });
    const auto show = [this](bool on) {
        m_previews->setShown(on);
        for (const char *id : {"view.enlarge", "view.nextSample", "view.previousSample", "view.anySample", "view.pictureSample"})
            m_commands.action(id)->setEnabled(on);
    };
    QAction *shown = m_commands.action("view.previews");
    connect(shown, &QAction::toggled, this, [show](bool on) {
        show(on);
        QSettings().setValue("canvas/previews", on);
    });
    const bool on = QSettings().value("canvas/previews", true).toBool();
    shown->setChecked(on);
    show(on);
}

void MainWindow::connectWires()
{
    const auto option = [this](const char *id, const QString &name, bool WireLook::*part) {
        const QString key = "canvas/" + name;
        QAction *action = m_commands.action(id);
        const auto apply = [this, part](bool on) {
            WireLook look = m_canvas->canvasScene().wireLook();
            look.*part = on;
            m_canvas->canvasScene().setWireLook(look);
        };
        action->setChecked(QSettings().value(key, WireLook().*part).toBool());
        apply(action->isChecked());
        connect(action, &QAction::toggled, this, [key, apply](bool on) {
            apply(on);
            QSettings().setValue(key, on);
        });
    };
    option("wires.labels", "wireLabels", &WireLook::labels);
    option("wires.thickness", "wireThickness", &WireLook::thickness);
}

void MainWindow::showCanvasAlone(bool alone)
{
    if (alone)
        m_hiddenForFocus.clear();
    for (const char *id : {"view.palette", "view.side", "view.training"}) {
        QAction *panel = m_commands.action(id);
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

void MainWindow::connectHelpCommands()
{
    onCommand("help.quickStart", [this] { showHelp("quick-start"); });
    onCommand("help.canvas", [this] { showHelp("canvas"); });
    onCommand("help.evaluation", [this] { showHelp("evaluation"); });
    onCommand("help.search", [this] { showHelp("search"); });
    onCommand("help.findCommand", [this] { searchCommand(); });
    onCommand("help.keys", [this] { showKeys(); });
    onCommand("help.about", [this] { showAbout(); });
}

void MainWindow::onCommand(const char *id, std::function<void()> act)
{
    connect(m_commands.action(id), &QAction::triggered, this, std::move(act));
}

void MainWindow::searchCommand()
{
    m_offered = commandsOf(*menuBar());
    if (!m_commandSearch) {
        m_commandSearch = new SearchPopup("commands", tr("Find a command"), 420, this);
        connect(m_commandSearch, &SearchPopup::picked, this, [this](const QString &key) {
            m_canvas->setFocus();
            m_offered.at(key.toInt())->trigger();
        });
    }
    m_commandSearch->open({(width() - m_commandSearch->width()) / 2, 56}, [this](const QString &text) { return searchCommands(m_offered, text); });
}

void MainWindow::showKeys()
{
    auto *keys = findChild<KeysDialog *>();
    if (!keys)
        keys = new KeysDialog(m_commands, this);
    keys->show();
    keys->raise();
    keys->activateWindow();
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
    const auto add = [&](std::initializer_list<const char *> ids) {
        if (!bar->actions().isEmpty())
            bar->addSeparator();
        for (const char *id : ids)
            bar->addAction(m_commands.action(id));
    };
    add({"file.new", "file.open", "file.save"});
    add({"edit.undo", "edit.redo"});
    add({"view.zoomOut", "view.zoomIn", "view.fit", "view.previews", "view.data", "view.runs", "view.evaluation", "view.search"});
    add({"theme.next", "help.quickStart"});
    menuBar()->setCornerWidget(bar, Qt::TopRightCorner);
}

} // namespace netloom
