// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "document/document.h"
#include "run/search_run.h"
#include "search/search_view.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>

namespace netloom {

/// Joins the search view with the document and the processes that train: offers what the project has, starts and resumes searches, and
/// makes a step of the document of a trial's values.
class SearchPresenter : public QObject {
    Q_OBJECT
public:
    /// @p runsFolder gives the project's folder of runs, @p projectFile the project's file ("" for none),
    /// @p projectName what a search of it is named after.
    SearchPresenter(Document &document, SearchView &view, std::function<std::filesystem::path()> runsFolder,
        std::function<std::filesystem::path()> projectFile, std::function<std::string()> projectName, QObject *parent = nullptr);
    ~SearchPresenter() override; ///< stops a search and waits for the batch

    /// The view is seen: it follows the document.
    void setActive(bool active);
    /// The project is another one.
    void forget();
    /// Adds a parameter, "recipe.lr" or "conv1.out_channels", to a new search. False where it can't be searched over.
    bool searchOver(const std::string &axis);
    bool isSearching() const { return m_run != nullptr; }

public slots:
    void start();
    void resume();
    void cancel();

signals:
    void messageRequested(const QString &text);
    /// A trial's project is to be opened.
    void openRequested(const QString &folder);
    void activeChanged();
    void ended();

private:
    void refreshChoices();
    void refreshSearches();
    void showSearch(int index);
    void showJournal();
    void follow();
    void begin(Result<std::unique_ptr<SearchRun>> run);
    SearchRun::EventSink sink();
    void take(const SearchEvent &event);
    void useTrial(int number);
    void save(SearchView::Export what);
    std::filesystem::path folderOf(int trial) const;
    SearchRun::Options options(const std::filesystem::path &folder) const;

    Document &m_document;
    SearchView &m_view;
    std::function<std::filesystem::path()> m_runsFolder, m_projectFile;
    std::function<std::string()> m_projectName;
    std::unique_ptr<SearchRun> m_run;
    std::vector<std::filesystem::path> m_searches;
    std::filesystem::path m_shown; ///< the search that the view shows; "" for a new one
    std::uintmax_t m_journalSize = 0; ///< when it was shown
    QTimer m_follow;                  ///< looks whether another program is at the search
    BackgroundTask m_opening;
    bool m_active = false;
    bool m_stale = true; ///< the choices are of an older graph
};

} // namespace netloom
