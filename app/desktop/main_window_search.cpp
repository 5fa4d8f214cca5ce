// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "desktop/search_presenter.h"
#include "panels/inspector_panel.h"
#include "panels/training_panel.h"
#include "search/search_view.h"

#include <QAction>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>

namespace netloom {

void MainWindow::buildSearch()
{
    m_searchView = new SearchView;
    m_stage->addWidget(m_searchView);
    m_search = new SearchPresenter(m_document, *m_searchView, [this] { return runsFolder(); },
        [this] { return std::filesystem::path(m_files->path().toStdString()); }, [this] { return m_files->displayName().toStdString(); }, this);
}

void MainWindow::connectSearch()
{
    QAction *shown = m_commands.action("view.search");
    connect(shown, &QAction::toggled, this, [this](bool on) {
        if (on)
            m_files->commitEdits();
        m_stage->setCurrentWidget(on ? static_cast<QWidget *>(m_searchView) : m_rows);
        on ? m_searchView->setFocus() : m_canvas->setFocus();
        m_search->setActive(on);
    });
    auto *back = new QShortcut(Qt::Key_Escape, m_searchView, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, shown, [shown] { shown->setChecked(false); });
    connect(m_searchView, &SearchView::backRequested, shown, [shown] { shown->setChecked(false); });
    connect(m_search, &SearchPresenter::messageRequested, this, [this](const QString &text) { statusBar()->showMessage(text, 8000); });
    connect(m_search, &SearchPresenter::openRequested, this, [this](const QString &folder) { openNetworkOfRun(folder, tr("Open trial")); });
    connect(m_training, &TrainingPanel::searchRequested, this, [this](const QString &name) { searchOver("recipe." + name); });
    connect(m_inspector, &InspectorPanel::searchRequested, this, [this](NodeId node, const QString &param) {
        if (const Node *found = m_document.graph().find(node))
            searchOver(QString::fromStdString(pathOf(m_document.graph(), *found)) + '.' + param);
    });
}

void MainWindow::searchOver(const QString &axis)
{
    m_files->commitEdits();
    if (m_search->isSearching()) {
        statusBar()->showMessage(tr("A search is running: stop it before you set up another one."), 6000);
        return;
    }
    if (!m_search->searchOver(axis.toStdString())) {
        statusBar()->showMessage(tr("%1 can't be searched over: it has no range of values, or no effect as things are set.").arg(axis), 6000);
        return;
    }
    m_commands.action("view.search")->setChecked(true);
}

bool MainWindow::mayEndSearch()
{
    return !m_search->isSearching()
        || mayStop("stopSearch", tr("A search is running"), tr("Stop the search and close?"), tr("Trials that ended are kept, and the search can go on later."));
}

} // namespace netloom
