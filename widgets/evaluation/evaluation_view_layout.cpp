// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/class_table.h"
#include "evaluation/evaluation_view.h"
#include "evaluation/judged_pane.h"
#include "evaluation/label_score_table.h"
#include "evaluation/try_pane.h"
#include "panels/elided_label.h"
#include "plots/confusion_matrix_view.h"
#include "plots/estimate_plot.h"
#include "plots/share_plot.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kJudged = 380; ///< px, at first

QComboBox *combo(const char *name, const QString &accessible, const QStringList &entries)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(accessible);
    box->setToolTip(accessible);
    box->addItems(entries);
    return box;
}

QToolButton *iconButton(const char *name, const char *icon, const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

} // namespace

EvaluationView::EvaluationView(Thumbnails &thumbnails, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("evaluationView"));
    setAccessibleName(tr("Evaluation of a run"));
    setFocusPolicy(Qt::StrongFocus); // for Esc, before anything is chosen
    m_judged = new JudgedPane(thumbnails);
    m_try = new TryPane;
    m_classes = new ClassTable;
    m_averages = new QLabel;
    m_averages->setObjectName(QStringLiteral("evalAverages"));
    m_averages->setContentsMargins(12, 8, 12, 8);
    setTextRole(m_averages, TextRole::Small);
    m_classesPage = new QWidget;
    auto *classes = new QVBoxLayout(m_classesPage);
    classes->setContentsMargins(0, 0, 0, 0);
    classes->setSpacing(0);
    classes->addWidget(m_classes, 1);
    classes->addWidget(m_averages);
    m_matrixPage = buildMatrix();
    m_labelsPage = buildLabels();
    m_curvesPage = buildCurves();
    m_numbersPage = buildNumbers();
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("evalTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_matrixPage, tr("Confusion matrix"));
    m_tabs->addTab(m_classesPage, tr("Classes"));
    m_tabs->addTab(m_labelsPage, tr("Labels"));
    m_tabs->addTab(m_curvesPage, tr("Curves"));
    m_tabs->addTab(m_numbersPage, tr("Predicted and true"));
    m_tabs->addTab(m_try, tr("Try it"));
    m_split = new QSplitter(Qt::Horizontal);
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_tabs);
    m_split->addWidget(m_judged);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({900, kJudged});
    m_judged->setMinimumWidth(280);

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(buildTools());
    rows->addWidget(edgeLine());
    rows->addWidget(buildFigures());
    rows->addWidget(m_split, 1);
    connectParts();
    setBusy({});
    setNothing(tr("No run yet"), tr("Train once: the run can then be judged here."));
}

QWidget *EvaluationView::buildTools()
{
    auto *bar = new ViewHeader(QStringLiteral("evalBack"));
    connect(bar, &ViewHeader::backRequested, this, &EvaluationView::backRequested);
    QHBoxLayout *row = bar->row();
    m_runs = combo("evalRun", tr("The run to be judged"), {});
    m_runs->setMinimumWidth(270);
    m_runs->setMaximumWidth(420);
    m_runs->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_heads = combo("evalHead", tr("Which of the network's losses is judged"), {});
    m_heads->hide();
    m_splits = combo("evalSplit", tr("Which part of the data"), {tr("Training"), tr("Validation"), tr("Test")});
    m_splits->setCurrentIndex(2);
    m_evaluate = new QPushButton(tr("Evaluate"));
    m_evaluate->setObjectName(QStringLiteral("evaluate"));
    m_evaluate->setAutoDefault(false);
    setPrimary(m_evaluate);
    m_busy = new QLabel;
    m_busy->setObjectName(QStringLiteral("evalBusy"));
    setTextRole(m_busy, TextRole::Small);
    m_stop = iconButton("evalStop", "stop", tr("Stop"));
    m_report = new QPushButton(themedIcon("report"), tr("Report"));
    m_report->setObjectName(QStringLiteral("evalReport"));
    m_report->setToolTip(tr("Writes all of this as a page"));
    m_report->setAutoDefault(false);
    auto *menu = new QMenu(m_report);
    connect(menu->addAction(tr("As a page for the browser (HTML)…")), &QAction::triggered, this, &EvaluationView::htmlRequested);
    connect(menu->addAction(tr("As PDF…")), &QAction::triggered, this, &EvaluationView::pdfRequested);
    connect(m_report, &QPushButton::clicked, menu, [this, menu] {
        menu->popup(m_report->mapToGlobal(QPoint(m_report->width() - menu->sizeHint().width(), m_report->height() + 2)));
    });
    for (QWidget *part : std::initializer_list<QWidget *>{m_runs, m_heads, m_splits, m_evaluate, m_busy, m_stop})
        row->addWidget(part);
    row->addStretch(1);
    row->addWidget(m_report);
    return bar;
}

QWidget *EvaluationView::buildFigures()
{
    m_figures = new QWidget;
    auto *row = new QHBoxLayout(m_figures);
    row->setContentsMargins(14, 8, 14, 8);
    row->setSpacing(24);
    m_tiles = new QHBoxLayout;
    m_tiles->setSpacing(24);
    row->addLayout(m_tiles);
    row->addStretch(1);
    row->addWidget(buildThreshold());
    return m_figures;
}

QWidget *EvaluationView::buildThreshold()
{
    m_thresholdBox = new QWidget;
    auto *column = new QVBoxLayout(m_thresholdBox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_thresholdText = new QLabel;
    m_thresholdText->setObjectName(QStringLiteral("thresholdText"));
    setTextRole(m_thresholdText, TextRole::Small);
    m_threshold = new QSlider(Qt::Horizontal);
    m_threshold->setObjectName(QStringLiteral("threshold"));
    m_threshold->setAccessibleName(tr("Threshold"));
    m_threshold->setRange(0, 100);
    m_threshold->setPageStep(5);
    m_threshold->setValue(50);
    m_threshold->setFixedWidth(220);
    column->addWidget(m_thresholdText);
    column->addWidget(m_threshold);
    return m_thresholdBox;
}

QWidget *EvaluationView::buildMatrix()
{
    auto *page = new QWidget;
    m_matrix = new ConfusionMatrixView;
    m_matrix->setHasSwitch(false);
    m_show = combo("matrixShow", tr("What the cells say"), {tr("Counts"), tr("Percent of the row"), tr("Percent of the column")});
    m_order = combo("matrixOrder", tr("Order of the classes"), {tr("In the data's order"), tr("By name"), tr("Similar ones together")});
    m_order->setToolTip(tr("Similar: classes that are taken for each other become neighbours (hierarchical clustering)"));
    auto *smaller = iconButton("matrixSmaller", "zoom-out", tr("Smaller  (−, or the wheel)"));
    auto *larger = iconButton("matrixLarger", "zoom-in", tr("Larger  (+, or the wheel)"));
    connect(smaller, &QToolButton::clicked, m_matrix, [this] { m_matrix->zoomAt(m_matrix->rect().center(), 1 / 1.5); });
    connect(larger, &QToolButton::clicked, m_matrix, [this] { m_matrix->zoomAt(m_matrix->rect().center(), 1.5); });
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 8, 0);
    for (QWidget *tool : std::initializer_list<QWidget *>{m_show, m_order})
        tools->addWidget(tool);
    tools->addStretch(1);
    tools->addWidget(smaller);
    tools->addWidget(larger);
    m_readOut = new ElidedLabel;
    m_readOut->setObjectName(QStringLiteral("matrixReadOut"));
    m_readOut->setContentsMargins(12, 2, 12, 8);
    setTextRole(m_readOut, TextRole::Small);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(tools);
    column->addWidget(m_matrix, 1);
    column->addWidget(m_readOut);
    return page;
}

QWidget *EvaluationView::buildLabels()
{
    auto *page = new QWidget;
    m_labels = new LabelScoreTable;
    auto *hint = new QLabel(tr("Click a count to see its pictures."));
    hint->setContentsMargins(12, 8, 12, 4);
    setTextRole(hint, TextRole::Small);
    m_labelAverages = new QLabel;
    m_labelAverages->setObjectName(QStringLiteral("labelAverages"));
    m_labelAverages->setContentsMargins(12, 8, 12, 8);
    setTextRole(m_labelAverages, TextRole::Small);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(hint);
    column->addWidget(m_labels, 1);
    column->addWidget(m_labelAverages);
    return page;
}

QWidget *EvaluationView::buildCurves()
{
    auto *page = new QWidget;
    m_roc = new SharePlot(tr("false positive rate"), tr("true positive rate"));
    m_roc->setObjectName(QStringLiteral("roc"));
    m_roc->setDiagonal(true);
    m_precisionRecall = new SharePlot(tr("recall"), tr("precision"));
    m_precisionRecall->setObjectName(QStringLiteral("precisionRecall"));
    m_reliability = new SharePlot(tr("said to be right"), tr("is right"));
    m_reliability->setObjectName(QStringLiteral("reliability"));
    m_reliability->setDiagonal(true);
    m_curveClass = combo("curveClass", tr("Whose curve stands out"), {});
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 8, 0);
    tools->addWidget(m_curveClass);
    tools->addStretch(1);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 8, 8);
    grid->setSpacing(8);
    grid->addWidget(m_roc, 0, 0);
    grid->addWidget(m_precisionRecall, 0, 1);
    grid->addWidget(m_reliability, 1, 0, 1, 2);
    grid->setRowStretch(0, 3);
    grid->setRowStretch(1, 2);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addLayout(grid, 1);
    return page;
}

QWidget *EvaluationView::buildNumbers()
{
    auto *page = new QWidget;
    m_estimates = new EstimatePlot;
    m_residuals = new EstimatePlot(nullptr, EstimatePlot::Kind::Residuals);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(8, 12, 8, 8);
    column->setSpacing(12);
    column->addWidget(m_estimates, 3);
    column->addWidget(m_residuals, 2);
    return page;
}

void EvaluationView::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::current().panel);
}

} // namespace netloom
