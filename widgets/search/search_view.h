// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/trial_points.h"
#include "search/search_setup.h"
#include "search/trial_table.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace netloom {

class ParallelCoordinates;
class ShareBars;
class TrialScatter;

/// A search of the best parameters: its form, its trials as a table and as plots, and what is to be done with a trial. Holds no process
/// and no file: the receiver of its signals does, and tells it what happened.
class SearchView : public QWidget {
    Q_OBJECT
public:
    enum class State { New, Running, Paused, Stopping, Over, Resumable, Elsewhere };
    enum class Page { Table, History, Parallel, Each, Importance, Front };
    enum class Export { TableCsv, PagePng };

    explicit SearchView(QWidget *parent = nullptr);

    SearchSetup *setup() const { return m_setup; }
    TrialTable *table() const { return m_table; }
    ParallelCoordinates *parallel() const { return m_parallel; }
    TrialScatter *history() const { return m_history; }
    TrialScatter *each() const { return m_each; }
    TrialScatter *front() const { return m_front; }
    ShareBars *importance() const { return m_importance; }

    State state() const { return m_state; }
    /// @p message is shown beside the state; "" for nothing.
    void setState(State state, const QString &message = {});
    /// The searches that can be looked at, the newest first; @p current of them is shown, -1 for a new one.
    void setSearches(const QStringList &names, int current);
    /// All trials of a search.
    void setTrials(const SearchSettings &settings, const std::vector<SearchTrial> &trials);
    /// The trials whose runs were trained on with outside of the search, by number, with the epochs that they have now.
    void setTrainedOn(std::map<std::int64_t, std::int64_t> epochs);
    /// One trial began, scored or ended.
    void setTrial(const SearchTrial &trial);
    void showPage(Page page);
    void selectTrial(int number);
    int selectedTrial() const { return m_selected; }
    void setProblem(const QString &sentence);
    /// The page that is seen, for a file: twice as fine as on the screen.
    QImage pagePicture() const;

signals:
    void backRequested();
    void startRequested();
    void pauseRequested(bool paused);
    void cancelRequested();
    void resumeRequested();
    void searchChosen(int index); ///< -1: a new one
    void useRequested(int trial);
    void reportRequested(int trial);
    void openRequested(int trial);
    void exportRequested(SearchView::Export what);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeTools();
    QToolButton *makeExport();
    QString timeLeft() const;
    QWidget *makeProgress();
    QWidget *makePages();
    QWidget *makeDetails();
    void connectPages();
    void refreshPlots();
    void refreshImportance();
    void refreshHistory(std::vector<TrialPoint> points);
    void refreshFronts(const std::vector<TrialPoint> &points);
    void refreshFigures();
    void refreshDetails();
    void refreshButtons();
    std::vector<TrialAxis> plotAxes() const;
    TrialAxis scoreAxis() const;
    std::vector<TrialPoint> plotPoints() const;

    State m_state = State::New;
    QString m_message;
    int m_selected = 0;
    QTimer m_plots; ///< plots follow at most a few times a second

    SearchSetup *m_setup = nullptr;
    QComboBox *m_searches = nullptr;
    QTabBar *m_tabs = nullptr;
    QToolButton *m_export = nullptr;
    QPushButton *m_start = nullptr, *m_pause = nullptr, *m_cancel = nullptr, *m_resume = nullptr;
    QLabel *m_status = nullptr, *m_figures = nullptr, *m_problem = nullptr;
    QProgressBar *m_bar = nullptr;
    QStackedWidget *m_pages = nullptr;
    TrialTable *m_table = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    QTableView *m_rows = nullptr;
    ParallelCoordinates *m_parallel = nullptr;
    QLabel *m_kept = nullptr;
    TrialScatter *m_history = nullptr, *m_each = nullptr, *m_front = nullptr;
    ShareBars *m_importance = nullptr;
    QWidget *m_details = nullptr;
    QLabel *m_detailTitle = nullptr, *m_detailValues = nullptr;
    QPushButton *m_use = nullptr, *m_report = nullptr, *m_open = nullptr;
};

} // namespace netloom
