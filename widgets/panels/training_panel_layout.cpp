// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/elided_label.h"
#include "panels/param_form.h"
#include "panels/score_tile.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"
#include "plots/curves_plot.h"
#include "plots/estimate_plot.h"
#include "plots/filter_grid.h"
#include "plots/schedule_plot.h"
#include "plots/share_bars.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

QWidget *TrainingPanel::makeButtons()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_start = new QPushButton(themedIcon("play"), tr("Start training"), box);
    m_start->setObjectName("trainStart");
    setPrimary(m_start);
    m_repeat = new QPushButton(themedIcon("dice"), QString(), box);
    m_repeat->setObjectName("trainRepeat");
    m_repeat->setToolTip(tr("Repeat with several seeds, to see how much is chance…"));
    m_repeat->setAccessibleName(tr("Repeat with several seeds"));
    m_pause = new QPushButton(themedIcon("pause"), tr("Pause"), box);
    m_pause->setObjectName("trainPause");
    m_stop = new QPushButton(themedIcon("stop"), tr("Stop"), box);
    m_stop->setObjectName("trainStop");
    m_stop->setToolTip(tr("Stop after this batch and keep what was learned"));
    for (QPushButton *button : {m_start, m_repeat, m_pause, m_stop})
        row->addWidget(button);
    m_more = new QPushButton(themedIcon("more"), QString(), box);
    m_more->setObjectName("trainMore");
    m_more->setToolTip(tr("One batch, one epoch, learning rate and checks"));
    m_more->setAccessibleName(tr("More ways to train"));
    row->addWidget(m_more);
    m_pause->setMinimumWidth(m_pause->fontMetrics().horizontalAdvance(tr("Resume")) + 54);
    connect(m_start, &QPushButton::clicked, this, &TrainingPanel::startRequested);
    connect(m_repeat, &QPushButton::clicked, this, &TrainingPanel::repeatRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] { emit pauseRequested(m_state != State::Paused); });
    connect(m_stop, &QPushButton::clicked, this, &TrainingPanel::stopRequested);
    return box;
}

void TrainingPanel::setMoreActions(const QList<QAction *> &actions)
{
    auto *menu = new QMenu(m_more);
    menu->setObjectName("trainMoreMenu");
    menu->setToolTipsVisible(true);
    menu->addActions(actions);
    connect(m_more, &QPushButton::clicked, menu, [this, menu] { menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

QWidget *TrainingPanel::makeOffer()
{
    m_offer = new QWidget(this);
    m_offer->setObjectName("resumeOffer");
    auto *row = new QHBoxLayout(m_offer);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(Theme::kSpacing);
    auto *icon = new QLabel(m_offer);
    icon->setPixmap(themedIcon("again").pixmap(18, 18));
    m_offerText = new QLabel(m_offer);
    m_offerText->setObjectName("resumeText");
    m_offerText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *resume = new QPushButton(themedIcon("play"), tr("Resume"), m_offer);
    resume->setObjectName("resumeRun");
    resume->setToolTip(tr("Go on from the last checkpoint, with the network and the recipe that the run began with"));
    auto *keep = new QPushButton(tr("Keep as it is"), m_offer);
    keep->setObjectName("keepRun");
    keep->setToolTip(tr("Make it an ordinary stopped run, with the weights and the report of what it had learned"));
    row->addWidget(icon);
    row->addWidget(m_offerText, 1);
    row->addWidget(resume);
    row->addWidget(keep);
    m_offer->hide();
    connect(resume, &QPushButton::clicked, this, &TrainingPanel::resumeRunRequested);
    connect(keep, &QPushButton::clicked, this, &TrainingPanel::keepRunRequested);
    return m_offer;
}

void TrainingPanel::offerResume(const QString &text)
{
    m_offerText->setText(text);
    m_offerText->setToolTip(text);
    m_offer->setVisible(!text.isEmpty());
}

QWidget *TrainingPanel::makeTopBar()
{
    auto *bar = new QWidget(this);
    bar->setFixedHeight(64);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(20);
    row->addWidget(makeButtons());

    auto *progress = new QVBoxLayout;
    progress->setSpacing(3);
    m_status = new QLabel(bar);
    m_status->setObjectName("trainStatus");
    setTextRole(m_status, TextRole::Section);
    m_detail = new ElidedLabel(bar);
    m_detail->setObjectName("trainDetail");
    m_detail->setMinimumWidth(60);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setTextRole(m_detail, TextRole::Small);
    m_bar = new QProgressBar(bar);
    m_bar->setObjectName("trainProgress");
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(5);
    m_bar->setRange(0, 1000);
    auto *words = new QHBoxLayout;
    words->setSpacing(Theme::kSpacing);
    words->addWidget(m_status);
    words->addWidget(m_detail, 1);
    progress->addStretch();
    progress->addLayout(words);
    progress->addWidget(m_bar);
    progress->addStretch();
    row->addLayout(progress, 1);

    m_report = new QPushButton(themedIcon("report"), tr("Report"), bar);
    m_report->setObjectName("trainReport");
    m_report->setToolTip(tr("Open the report of this run"));
    m_folder = new QPushButton(themedIcon("folder"), tr("Folder"), bar);
    m_folder->setObjectName("trainFolder");
    m_folder->setToolTip(tr("Open the folder of this run"));
    auto *results = new QHBoxLayout;
    results->setSpacing(6);
    for (QPushButton *button : {m_report, m_folder}) {
        results->addWidget(button);
        button->hide();
    }
    row->addLayout(results);
    connect(m_report, &QPushButton::clicked, this, &TrainingPanel::openReportRequested);
    connect(m_folder, &QPushButton::clicked, this, &TrainingPanel::openFolderRequested);

    m_accuracyTile = new ScoreTile(tr("Accuracy"), bar);
    m_lossTile = new ScoreTile(tr("Loss"), bar);
    m_testTile = new ScoreTile(tr("Test accuracy"), bar);
    m_accuracyTile->setObjectName("trainAccuracy");
    m_lossTile->setObjectName("trainLoss");
    m_testTile->setObjectName("trainTest");
    for (ScoreTile *tile : {m_accuracyTile, m_lossTile, m_testTile})
        row->addWidget(tile);
    m_testTile->hide();
    return bar;
}

QWidget *TrainingPanel::makeRecipe()
{
    auto *box = new QWidget(this);
    box->setMinimumWidth(300);
    box->setMaximumWidth(340);
    auto *scroll = new QScrollArea(box);
    scroll->setAccessibleName(tr("Training settings"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 8, 6, 12);
    column->setSpacing(6);
    m_recipe = new ParamForm(recipeDecls(), ParamForm::Help::ToolTip, page);
    m_recipe->setObjectName("recipe");
    m_schedule = new SchedulePlot(page);
    m_recipe->addToGroup("Schedule", m_schedule);
    column->addWidget(m_recipe);
    column->addStretch(1);
    scroll->setWidget(page);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_recipe, &ParamForm::valueEdited, this, &TrainingPanel::editRecipe);
    connect(m_recipe, &ParamForm::browseRequested, this, &TrainingPanel::startWeightsRequested); // start_from is its one path
    m_recipe->offerSearch();
    box->setMinimumWidth(std::max(244, page->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width())); // nothing is cut off
    connect(m_recipe, &ParamForm::searchRequested, this, &TrainingPanel::searchRequested);
    return box;
}

QWidget *TrainingPanel::makeConfusion()
{
    auto *box = new QWidget(this);
    m_confusion = new ConfusionMatrixView(box);
    m_estimates = new EstimatePlot(box);
    m_estimates->hide();
    m_labelScores = new ShareBars(box);
    m_labelScores->setObjectName("labelScores");
    m_labelScores->setEmptyText(tr("Labels"), tr("How well each label is told is shown here after every epoch."));
    m_labelScores->hide();
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 2, 0, 0);
    column->addWidget(m_confusion);
    column->addWidget(m_estimates);
    column->addWidget(m_labelScores);
    return box;
}

void TrainingPanel::makeViews()
{
    m_split = new QSplitter(Qt::Horizontal, this);
    m_split->setChildrenCollapsible(false);
    m_recipeBox = makeRecipe();
    m_curves = new CurvesPlot(this);
    m_curves->setMinimumWidth(240);
    m_confusionBox = makeConfusion();
    m_filters = new FilterGrid(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setMinimumWidth(240);
    m_tabs->setObjectName("trainTabs");
    m_confusionCaption = new QLabel(this);
    m_confusionCaption->setObjectName("confusionCaption");
    m_confusionCaption->setContentsMargins(0, 0, 12, 0);
    setTextRole(m_confusionCaption, TextRole::Small);
    m_tabs->setCornerWidget(m_confusionCaption);
    connect(m_tabs, &QTabWidget::currentChanged, this, &TrainingPanel::refreshCaption);
}

/// Narrow: everything in tabs. Usual: the curves apart. Wide: confusion matrix and filters side by side too.
void TrainingPanel::arrange()
{
    const Arrangement wanted = width() < 820 ? Arrangement::Tabs : width() < 1560 ? Arrangement::CurvesApart : Arrangement::AllApart;
    if (wanted == m_arrangement)
        return;
    m_arrangement = wanted;
    const int current = std::max(0, m_tabs->currentIndex());
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    const bool curvesApart = wanted != Arrangement::Tabs, filtersApart = wanted == Arrangement::AllApart;
    m_split->insertWidget(0, m_recipeBox);
    if (curvesApart)
        m_split->insertWidget(1, m_curves);
    else
        m_tabs->addTab(m_curves, tr("Curves"));
    m_split->addWidget(m_tabs);
    m_tabs->addTab(m_confusionBox, QString());
    nameTabs();
    if (filtersApart)
        m_split->addWidget(m_filters);
    else
        m_tabs->addTab(m_filters, tr("Filters"));
    m_curves->setVisible(curvesApart || m_tabs->currentWidget() == m_curves);
    m_filters->setVisible(filtersApart || m_tabs->currentWidget() == m_filters);
    m_tabs->setCurrentIndex(std::min(current, m_tabs->count() - 1));
    for (int index = 0; index < m_split->count(); ++index)
        m_split->setStretchFactor(index, m_split->widget(index) == m_recipeBox ? 0 : m_split->widget(index) == m_curves ? 3 : 2);
    constexpr int kRecipe = 372;
    const int rest = width() - kRecipe;
    if (filtersApart)
        m_split->setSizes({kRecipe, rest * 45 / 100, rest * 33 / 100, rest * 22 / 100});
    else if (curvesApart)
        m_split->setSizes({kRecipe, rest * 56 / 100, rest * 44 / 100});
    else
        m_split->setSizes({kRecipe, rest});
}

void TrainingPanel::nameTabs()
{
    m_tabs->setTabText(m_tabs->indexOf(m_confusionBox), learnsNumber() ? tr("Predicted against true") : m_run.severalLabels ? tr("Labels") : tr("Confusion matrix"));
}

/// The caption belongs to the confusion matrix, or the estimates, alone.
void TrainingPanel::refreshCaption()
{
    const bool shown = (m_confusion->classes() > 0 || !m_estimates->isEmpty() || !m_labelScores->bars().empty()) && m_tabs->currentWidget() == m_confusionBox;
    m_confusionCaption->setText(shown ? m_caption : QString());
}

void TrainingPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
    m_lossTile->setVisible(width() >= 860);
    m_accuracyTile->setVisible(width() >= 700);
}

} // namespace netloom
