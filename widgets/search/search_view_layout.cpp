// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/elided_label.h"
#include "plots/empty_state.h"
#include "plots/parallel_coordinates.h"
#include "plots/share_bars.h"
#include "plots/trial_scatter.h"
#include "search/search_view.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace netloom {

namespace {

constexpr int kLeft = 318;
constexpr int kPlotsEvery = 150; // ms

/// Says what will stand here while it is empty.
class TrialRows : public QTableView {
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QTableView::paintEvent(event);
        if (model()->rowCount() > 0)
            return;
        QPainter painter(viewport());
        paintEmptyState(painter, viewport()->rect(), "tune", SearchView::tr("No trials yet"), SearchView::tr("A row for each: its values, its score and its size."));
    }
};

QPushButton *button(const QString &name, const QString &icon, const QString &text, const QString &help)
{
    auto *made = new QPushButton(themedIcon(icon), text);
    made->setObjectName(name);
    made->setToolTip(help);
    return made;
}

} // namespace

SearchView::SearchView(QWidget *parent) : QWidget(parent)
{
    setObjectName("searchView");
    m_setup = new SearchSetup;
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("What the search varies, and how"));
    scroll->setWidget(m_setup);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(std::max(kLeft, m_setup->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width()));

    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(makeProgress());
    right->addWidget(edgeLine());
    right->addWidget(makePages(), 1);
    right->addWidget(edgeLine());
    right->addWidget(makeDetails());
    auto *columns = new QHBoxLayout;
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(scroll);
    columns->addWidget(edgeLine(Qt::Vertical));
    columns->addLayout(right, 1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeTools());
    rows->addWidget(edgeLine());
    rows->addLayout(columns, 1);
    m_plots.setSingleShot(true);
    m_plots.setInterval(kPlotsEvery);
    connectPages();
    setState(State::New);
    refreshPlots();
    refreshDetails();
}

QWidget *SearchView::makeTools()
{
    auto *bar = new ViewHeader(QStringLiteral("searchBack"));
    connect(bar, &ViewHeader::backRequested, this, &SearchView::backRequested);
    QHBoxLayout *row = bar->row();
    m_searches = new QComboBox;
    m_searches->setObjectName("searchChoice");
    m_searches->setAccessibleName(tr("Which search to show"));
    m_searches->setMinimumWidth(180);
    m_searches->setFixedHeight(Theme::kControlHeight);
    m_tabs = new QTabBar;
    m_tabs->setObjectName("searchPages");
    m_tabs->setAccessibleName(tr("What to show of the trials"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString &title : {tr("Trials"), tr("History"), tr("Parallel"), tr("Each parameter"), tr("Importance"), tr("Size")})
        m_tabs->addTab(title);
    m_start = button("searchStart", "play", tr("Start the search"), tr("Train the variants that the form describes"));
    setPrimary(m_start);
    m_resume = button("searchResume", "play", tr("Go on"), tr("Train what is left of this search"));
    setPrimary(m_resume);
    m_pause = button("searchPause", "pause", tr("Pause"), tr("Hold the trials that run; none is begun"));
    m_cancel = button("searchCancel", "stop", tr("Stop"), tr("Stop after the batch; the search can go on later"));
    row->addWidget(m_searches);
    row->addSpacing(8);
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(makeExport());
    for (QPushButton *each : {m_start, m_resume, m_pause, m_cancel})
        row->addWidget(each);
    connect(m_searches, &QComboBox::activated, this, [this](int index) { emit searchChosen(index - 1); });
    connect(m_start, &QPushButton::clicked, this, &SearchView::startRequested);
    connect(m_resume, &QPushButton::clicked, this, &SearchView::resumeRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] { emit pauseRequested(m_state != State::Paused); });
    connect(m_cancel, &QPushButton::clicked, this, &SearchView::cancelRequested);
    return bar;
}

QToolButton *SearchView::makeExport()
{
    m_export = new QToolButton;
    m_export->setObjectName("searchExport");
    m_export->setIcon(themedIcon("save"));
    m_export->setText(tr("Export"));
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_export->setAutoRaise(true);
    m_export->setToolTip(tr("Save the trials as a table, or what is shown as a picture"));
    auto *menu = new QMenu(this);
    menu->addAction(tr("Trials as CSV…"), this, [this] { emit exportRequested(Export::TableCsv); })->setObjectName("searchExportCsv");
    menu->addAction(tr("This page as picture (PNG)…"), this, [this] { emit exportRequested(Export::PagePng); });
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
    return m_export;
}

QWidget *SearchView::makeProgress()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(4);
    auto *words = new QHBoxLayout;
    words->setSpacing(Theme::kSpacing);
    m_status = new QLabel;
    m_status->setObjectName("searchStatus");
    setTextRole(m_status, TextRole::Section);
    m_figures = new ElidedLabel(box);
    m_figures->setObjectName("searchFigures");
    m_figures->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setTextRole(m_figures, TextRole::Small);
    words->addWidget(m_status);
    words->addWidget(m_figures, 1);
    column->addLayout(words);
    m_bar = new QProgressBar;
    m_bar->setObjectName("searchProgress");
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(5);
    column->addWidget(m_bar);
    m_problem = new QLabel;
    m_problem->setObjectName("searchProblem");
    m_problem->setWordWrap(true);
    setTextRole(m_problem, TextRole::Error);
    m_problem->hide();
    column->addWidget(m_problem);
    return box;
}

QWidget *SearchView::makePages()
{
    m_table = new TrialTable(this);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_table);
    m_sorted->setSortRole(TrialTable::kSortRole);
    m_rows = new TrialRows;
    m_rows->setObjectName("searchTable");
    m_rows->setAccessibleName(tr("Trials"));
    m_rows->setModel(m_sorted);
    m_rows->setSortingEnabled(true);
    m_rows->sortByColumn(TrialTable::Number, Qt::AscendingOrder);
    m_rows->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_rows->setSelectionMode(QAbstractItemView::SingleSelection);
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rows->setShowGrid(false);
    m_rows->setAlternatingRowColors(false);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(28);
    m_rows->horizontalHeader()->setHighlightSections(false);
    m_rows->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_rows->horizontalHeader()->setMinimumSectionSize(64);
    m_rows->horizontalHeader()->setStretchLastSection(true);

    auto *coordinates = new QWidget;
    auto *column = new QVBoxLayout(coordinates);
    column->setContentsMargins(8, 6, 8, 4);
    m_kept = new QLabel;
    m_kept->setObjectName("searchKept");
    m_kept->setAlignment(Qt::AlignCenter);
    setTextRole(m_kept, TextRole::Small);
    m_parallel = new ParallelCoordinates;
    column->addWidget(m_parallel, 1);
    column->addWidget(m_kept);
    m_history = new TrialScatter;
    m_history->setObjectName("searchHistory");
    m_history->setAccessibleName(tr("Scores in the order of the trials"));
    m_history->setEmptyText(tr("No scores yet"), tr("Each trial's score, in their order; the line is the best so far."));
    m_each = new TrialScatter;
    m_each->setObjectName("searchEach");
    m_each->setAccessibleName(tr("Score against each parameter"));
    m_importance = new ShareBars;
    m_importance->setObjectName("searchImportance");
    m_importance->setAccessibleName(tr("Importance of the parameters"));
    m_front = new TrialScatter;
    m_front->setObjectName("searchFront");
    m_front->setAccessibleName(tr("Score against the network's size"));
    m_front->setEmptyText(tr("No scores yet"), tr("Each trial's score against what its network costs; the line joins those that nothing beats."));
    m_pages = new QStackedWidget;
    for (QWidget *page : std::initializer_list<QWidget *>{m_rows, m_history, coordinates, m_each, m_importance, m_front})
        m_pages->addWidget(page);
    return m_pages;
}

QWidget *SearchView::makeDetails()
{
    m_details = new QWidget;
    m_details->setFixedHeight(62);
    auto *row = new QHBoxLayout(m_details);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(Theme::kSpacing);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_detailTitle = new ElidedLabel(m_details);
    m_detailTitle->setObjectName("searchDetail");
    setTextRole(m_detailTitle, TextRole::Section);
    m_detailValues = new ElidedLabel(m_details);
    m_detailValues->setObjectName("searchDetailValues");
    setTextRole(m_detailValues, TextRole::Small);
    for (QLabel *label : {m_detailTitle, m_detailValues}) {
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    m_use = button("searchUse", "check", tr("Use these values"), tr("Put the trial's values into the project; one step to undo"));
    m_report = button("searchReport", "report", tr("Report"), tr("Open the report of the trial's run"));
    m_open = button("searchOpen", "open", tr("Open trial"), tr("Open the trial's project in the place of this one"));
    for (QPushButton *each : {m_use, m_report, m_open})
        row->addWidget(each);
    connect(m_use, &QPushButton::clicked, this, [this] { emit useRequested(m_selected); });
    connect(m_report, &QPushButton::clicked, this, [this] { emit reportRequested(m_selected); });
    connect(m_open, &QPushButton::clicked, this, [this] { emit openRequested(m_selected); });
    return m_details;
}

} // namespace netloom
