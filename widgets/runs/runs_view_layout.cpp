// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/empty_state.h"
#include "runs/run_details.h"
#include "runs/runs_sort.h"
#include "runs/runs_view.h"
#include "runs/settings_table.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

namespace netloom {

RunsView::RunsView(QWidget *parent) : QWidget(parent)
{
    setObjectName("runsView");
    m_model = new RunsModel(this);
    m_sort = new RunsSort(*m_model, this);
    auto *split = new QSplitter(Qt::Vertical);
    split->setObjectName("runsSplit");
    split->addWidget(buildTable());
    split->addWidget(buildComparison());
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setSizes({340, 360});
    m_pages = new QStackedWidget;
    m_pages->addWidget(buildEmpty());
    m_pages->addWidget(split);
    m_notice = new QLabel;
    m_notice->setObjectName("runsNotice");
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(14, 6, 14, 6);
    m_notice->hide();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(buildHeader());
    rows->addWidget(edgeLine());
    rows->addWidget(m_notice);
    rows->addWidget(m_pages, 1);
    connectParts();
    refreshPages();
    refreshActions();
}

QToolButton *RunsView::toolButton(const char *name, const char *icon, const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setIcon(themedIcon(QLatin1String(icon)));
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

QWidget *RunsView::buildHeader()
{
    auto *bar = new ViewHeader(QStringLiteral("runsBack"));
    connect(bar, &ViewHeader::backRequested, this, &RunsView::backRequested);
    QHBoxLayout *row = bar->row();
    auto *title = new QLabel(tr("Runs"));
    setTextRole(title, TextRole::Title);
    m_count = new QLabel;
    m_count->setObjectName("runsCount");
    setTextRole(m_count, TextRole::Small);
    m_search = new QLineEdit;
    m_search->setObjectName("runsSearch");
    m_search->setPlaceholderText(tr("Search, or lr>0.01 status=finished"));
    m_search->setAccessibleName(tr("Search in the runs"));
    m_search->setToolTip(tr("Words that occur anywhere, and conditions on a column: lr>0.01, optimizer=SGD, accuracy>=90%, tags:best.\nThe tips of the table's headings tell what the columns are called."));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(260);
    QToolButton *columns = toolButton("runsColumns", "table", tr("Columns"), tr("Choose the columns of the table"));
    m_columnMenu = new QMenu(this);
    columns->setMenu(m_columnMenu);
    columns->setPopupMode(QToolButton::InstantPopup);
    m_exportButton = toolButton("runsExport", "save", tr("Export"), tr("Save the table, or the curves of the selected runs"));
    auto *exports = new QMenu(this);
    for (const auto &[text, what] : {std::pair(tr("Table as CSV…"), Export::TableCsv), {tr("Curves as CSV…"), Export::CurvesCsv},
             {tr("Curves as picture (PNG)…"), Export::CurvesPng}, {tr("Curves as drawing (SVG)…"), Export::CurvesSvg}}) {
        QAction *action = exports->addAction(text, this, [this, what = what] { emit exportRequested(what); });
        action->setData(what != Export::TableCsv);
    }
    m_exportButton->setMenu(exports);
    m_exportButton->setPopupMode(QToolButton::InstantPopup);
    m_openButton = toolButton("runsOpen", "open", tr("Open"), tr("Report, folder and network of the selected run"));
    auto *open = new QMenu(this);
    connect(open, &QMenu::aboutToShow, this, [this, open] {
        open->clear();
        fillRunMenu(*open);
    });
    m_openButton->setMenu(open);
    m_openButton->setPopupMode(QToolButton::InstantPopup);
    m_deleteButton = toolButton("runsDelete", "trash", tr("Delete"), tr("Move the selected runs to the trash  (Del)"));
    m_resume = new QPushButton(themedIcon("play"), tr("Resume"));
    m_resume->setObjectName("runsResume");
    m_resume->setToolTip(tr("Go on training the selected run from its last checkpoint"));
    m_resume->hide();
    m_undo = new QPushButton(themedIcon("undo"), tr("Undo"));
    m_undo->setObjectName("runsUndo");
    m_undo->hide();
    row->addWidget(title);
    row->addWidget(m_count);
    row->addStretch(1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_undo, m_resume, m_search, columns, m_exportButton, m_openButton, m_deleteButton})
        row->addWidget(part);
    return bar;
}

QWidget *RunsView::buildTable()
{
    m_table = new QTreeView;
    m_table->setObjectName("runsTable");
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_sort);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSortingEnabled(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setIndentation(16);
    m_table->setIconSize({16, 16});
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setMinimumHeight(110);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->header()->setFirstSectionMovable(false);
    m_table->installEventFilter(this);
    return m_table;
}

QWidget *RunsView::buildCurveTools()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 12, 0);
    row->setSpacing(6);
    const auto toggle = [&](const char *name, const QString &text, const QString &tip, bool on) {
        auto *button = new QToolButton;
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setChecked(on);
        connect(button, &QToolButton::toggled, this, &RunsView::setLook);
        row->addWidget(button);
        return button;
    };
    m_training = toggle("curvesTraining", tr("Training"), tr("Curves on the training samples, dashed"), true);
    m_validation = toggle("curvesValidation", tr("Validation"), tr("Curves on the validation samples"), true);
    m_log = toggle("curvesLog", tr("Log"), tr("Logarithmic scale for the loss"), false);
    auto *caption = new QLabel(tr("Smoothing"));
    setTextRole(caption, TextRole::Small);
    caption->setContentsMargins(8, 0, 0, 0);
    m_smoothing = new QSlider(Qt::Horizontal);
    m_smoothing->setObjectName("curvesSmoothing");
    m_smoothing->setAccessibleName(tr("Smoothing of the curves"));
    m_smoothing->setToolTip(tr("An exponential moving average; what was measured stays pale behind it"));
    m_smoothing->setRange(0, 19);
    m_smoothing->setFixedWidth(90);
    connect(m_smoothing, &QSlider::valueChanged, this, &RunsView::setLook);
    m_sentence = new QLabel;
    m_sentence->setObjectName("runsSentence");
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setTextRole(m_sentence, TextRole::Muted);
    row->addWidget(caption);
    row->addWidget(m_smoothing);
    row->addWidget(m_sentence, 1);
    return bar;
}

QWidget *RunsView::buildComparison()
{
    m_curves = new RunCurvesPlot;
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildCurveTools());
    column->addWidget(m_curves, 1);
    m_settings = new SettingsTable;
    m_details = new RunDetails;
    auto *tabs = new QTabWidget;
    tabs->setObjectName("runsTabs");
    tabs->setDocumentMode(true);
    tabs->addTab(m_settings, tr("Settings"));
    tabs->addTab(m_details, tr("Details"));
    tabs->setMinimumWidth(260);
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(left);
    split->addWidget(tabs);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->setStretchFactor(0, 1);
    split->setSizes({880, 380});
    split->setMinimumHeight(230);
    return split;
}

QWidget *RunsView::buildEmpty()
{
    auto *page = new QWidget;
    page->setObjectName("runsEmpty");
    auto *column = new QVBoxLayout(page);
    auto *icon = new QLabel;
    icon->setPixmap(themedIcon("chart").pixmap(36, 36));
    icon->setAlignment(Qt::AlignCenter);
    auto *heading = new QLabel(tr("No runs yet"));
    setTextRole(heading, TextRole::Title);
    heading->setAlignment(Qt::AlignCenter);
    auto *words = new QLabel(tr("Every training is kept: its network, its settings, its curves.\nHere you compare them, find the best one, and see what seeds alone do."));
    setTextRole(words, TextRole::Muted);
    words->setAlignment(Qt::AlignCenter);
    auto *start = new QPushButton(themedIcon("play"), tr("Start training"));
    start->setObjectName("runsStart");
    setPrimary(start);
    connect(start, &QPushButton::clicked, this, &RunsView::startRequested);
    column->addStretch(1);
    column->addWidget(icon);
    column->addWidget(heading);
    column->addWidget(words);
    column->addSpacing(8);
    column->addWidget(start, 0, Qt::AlignCenter);
    column->addStretch(1);
    return page;
}

void RunsView::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::current().panel);
}

} // namespace netloom
