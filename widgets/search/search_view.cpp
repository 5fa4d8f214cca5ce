// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search_view.h"

#include "panels/fact_rows.h"
#include "panels/training_panel.h"
#include "plots/parallel_coordinates.h"
#include "plots/share_bars.h"
#include "plots/trial_scatter.h"
#include "search/importance.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

void SearchView::connectPages()
{
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int page) {
        m_pages->setCurrentIndex(page);
        refreshPlots();
    });
    connect(&m_plots, &QTimer::timeout, this, &SearchView::refreshPlots);
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        if (current.isValid())
            selectTrial(m_sorted->mapToSource(current).row() + 1);
    });
    connect(m_rows, &QTableView::doubleClicked, this, [this] { emit useRequested(m_selected); });
    connect(m_parallel, &ParallelCoordinates::trialClicked, this, &SearchView::selectTrial);
    connect(m_history, &TrialScatter::trialClicked, this, &SearchView::selectTrial);
    connect(m_each, &TrialScatter::trialClicked, this, &SearchView::selectTrial);
    connect(m_front, &TrialScatter::trialClicked, this, &SearchView::selectTrial);
    connect(m_parallel, &ParallelCoordinates::keptChanged, this, [this] {
        const auto kept = m_parallel->kept();
        m_kept->setText(m_parallel->hasBrushes() ? (kept.size() == 1 ? tr("1 trial lies in the ranges.") : tr("%1 trials lie in the ranges.").arg(kept.size())) + QLatin1Char(' ') + tr("A click on an axis lets all in again.")
                                                 : tr("Drag along an axis to keep the trials in that range. The wheel zooms it, a double click shows all of it."));
    });
}

void SearchView::setState(State state, const QString &message)
{
    m_state = state;
    m_message = message;
    m_setup->setLocked(state != State::New);
    refreshButtons();
    refreshFigures();
}

void SearchView::refreshButtons()
{
    const bool active = m_state == State::Running || m_state == State::Paused || m_state == State::Stopping;
    m_start->setVisible(m_state == State::New);
    m_resume->setVisible(m_state == State::Resumable);
    m_pause->setVisible(active);
    m_cancel->setVisible(active);
    m_pause->setEnabled(m_state != State::Stopping);
    m_cancel->setEnabled(m_state != State::Stopping);
    m_pause->setText(m_state == State::Paused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(themedIcon(m_state == State::Paused ? "play" : "pause"));
    m_searches->setEnabled(!active);
}

void SearchView::setSearches(const QStringList &names, int current)
{
    const QSignalBlocker block(m_searches);
    m_searches->clear();
    m_searches->addItem(tr("New search"));
    m_searches->addItems(names);
    m_searches->setCurrentIndex(current + 1);
}

void SearchView::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void SearchView::setTrials(const SearchSettings &settings, const std::vector<SearchTrial> &trials)
{
    m_selected = 0;
    m_table->setTrials(settings, trials);
    m_parallel->clearBrushes();
    refreshPlots();
    refreshDetails();
}

void SearchView::setTrainedOn(std::map<std::int64_t, std::int64_t> epochs)
{
    m_table->setTrainedOn(std::move(epochs));
    refreshDetails();
}

void SearchView::setTrial(const SearchTrial &trial)
{
    m_table->setTrial(trial);
    refreshFigures();
    if (trial.number == m_selected)
        refreshDetails();
    if (!m_plots.isActive())
        m_plots.start();
}

void SearchView::showPage(Page page)
{
    m_tabs->setCurrentIndex(int(page));
}

void SearchView::selectTrial(int number)
{
    if (m_selected == number)
        return;
    m_selected = number;
    m_parallel->setSelected(number);
    m_history->setSelected(number);
    m_each->setSelected(number);
    m_front->setSelected(number);
    const QModelIndex row = m_sorted->mapFromSource(m_table->index(number - 1, 0));
    if (m_rows->currentIndex().row() != row.row())
        m_rows->setCurrentIndex(row);
    refreshDetails();
}

std::vector<TrialAxis> SearchView::plotAxes() const
{
    std::vector<TrialAxis> axes;
    for (const SearchAxis &axis : m_table->settings().axes) {
        TrialAxis plotted{QString::fromStdString(axis.name).remove(QStringLiteral("recipe.")), axis.low, axis.high, axis.log, axis.kind == SearchAxis::Kind::Whole, {}};
        for (const std::string &choice : axis.choices)
            plotted.choices << QString::fromStdString(choice);
        axes.push_back(std::move(plotted));
    }
    return axes;
}

TrialAxis SearchView::scoreAxis() const
{
    TrialAxis axis;
    const SearchGoal &goal = m_table->settings().goal;
    axis.name = goal == SearchGoal::accuracy() ? tr("accuracy %") : goal == SearchGoal::r2() ? tr("R²") : tr("loss");
    return axis;
}

std::vector<TrialPoint> SearchView::plotPoints() const
{
    const SearchSettings &settings = m_table->settings();
    const double scale = settings.goal == SearchGoal::accuracy() ? 100 : 1;
    std::vector<TrialPoint> points;
    for (const SearchTrial &trial : m_table->trials()) {
        const auto best = trial.best(settings.goal);
        TrialPoint point{int(trial.number), trial.point, best ? best->score * scale : std::numeric_limits<double>::quiet_NaN()};
        point.greatest = settings.goal.greatest;
        point.stopped = trial.state == TrialState::Stopped || trial.state == TrialState::Waiting;
        point.parameters = double(trial.cost.parameters);
        point.multiplyAdds = double(trial.cost.multiplyAdds);
        points.push_back(std::move(point));
    }
    return points;
}

/// Only the page that is seen.
void SearchView::refreshPlots()
{
    m_plots.stop();
    refreshFigures();
    const std::vector<TrialPoint> points = plotPoints();
    switch (Page(m_tabs->currentIndex())) {
    case Page::Table: break;
    case Page::History: refreshHistory(points); break;
    case Page::Parallel:
        m_parallel->setTrials(plotAxes(), scoreAxis(), points);
        emit m_parallel->keptChanged();
        break;
    case Page::Each: m_each->setTrials(plotAxes(), scoreAxis(), points); break;
    case Page::Importance: refreshImportance(); break;
    case Page::Front: refreshFronts(points); break;
    }
}

void SearchView::refreshImportance()
{
    std::vector<SearchPoint> points;
    std::vector<double> losses;
    const SearchSettings &settings = m_table->settings();
    for (const SearchTrial &trial : m_table->trials()) {
        if (const auto best = trial.best(settings.goal)) {
            points.push_back(trial.point);
            losses.push_back(settings.goal.asLoss(best->score));
        }
    }
    const bool alike = losses.size() > 1 && std::ranges::all_of(losses, [&](double loss) { return loss == losses.front(); });
    const std::vector<double> shares = alike ? std::vector<double>() : axisImportance(settings.axes, points, losses);
    if (alike)
        m_importance->setEmptyText(tr("All trials have the same score"), tr("There is no variation that a parameter could explain: train for fewer epochs, or search wider ranges."));
    else
        m_importance->setEmptyText(tr("Too few trials"), tr("After %1 trials: how much of the score's variation each parameter explains.").arg(kLeastForImportance));
    std::vector<ShareBars::Bar> bars;
    for (std::size_t axis = 0; axis < shares.size(); ++axis)
        bars.push_back({QString::fromStdString(settings.axes[axis].name).remove(QStringLiteral("recipe.")), shares[axis]});
    m_importance->setBars(std::move(bars), tr("together, or by chance"),
        tr("How much of the score's variation each parameter explains by itself: functional analysis of variance over a random forest "
           "(Hutter et al. 2014), fitted to %1 trials. Trials that were stopped early count with the score they had.").arg(points.size()));
}

/// The scores in the order of the trials; the line is the best so far.
void SearchView::refreshHistory(std::vector<TrialPoint> points)
{
    const TrialAxis order{tr("trial"), 1, double(std::max<std::size_t>(2, points.size())), false, true, {}};
    std::vector<int> best;
    double least = HUGE_VAL;
    for (TrialPoint &point : points) {
        point.values = {double(point.number)};
        const double loss = point.greatest ? -point.score : point.score;
        if (!point.hasScore() || loss >= least)
            continue;
        least = loss;
        best.push_back(point.number);
    }
    m_history->setTrials({order}, scoreAxis(), std::move(points));
    m_history->setFronts({std::move(best)}, true);
}

void SearchView::refreshFronts(const std::vector<TrialPoint> &points)
{
    std::vector<TrialPoint> scored;
    TrialAxis sizes[] = {{tr("parameters"), HUGE_VAL, 0, false, true, {}}, {tr("multiply-adds per sample"), HUGE_VAL, 0, false, true, {}}};
    for (TrialPoint point : points) {
        if (!point.hasScore())
            continue;
        point.values = {point.parameters, point.multiplyAdds};
        for (const std::size_t axis : {0u, 1u}) {
            sizes[axis].low = std::min(sizes[axis].low, point.values[axis]);
            sizes[axis].high = std::max(sizes[axis].high, point.values[axis]);
        }
        scored.push_back(std::move(point));
    }
    std::vector<std::vector<int>> fronts;
    for (const std::size_t axis : {0u, 1u}) {
        sizes[axis].log = sizes[axis].low > 0 && sizes[axis].high > 8 * sizes[axis].low;
        std::vector<CostAndScore> costs;
        for (const TrialPoint &point : scored)
            costs.push_back({point.values[axis], point.greatest ? -point.score : point.score});
        std::vector<int> front;
        for (const std::size_t index : paretoFront(costs))
            front.push_back(scored[index].number);
        fronts.push_back(std::move(front));
    }
    m_front->setTrials({sizes[0], sizes[1]}, scoreAxis(), std::move(scored));
    m_front->setFronts(std::move(fronts));
}

void SearchView::refreshFigures()
{
    const SearchSettings &settings = m_table->settings();
    const std::vector<SearchTrial> &trials = m_table->trials();
    const auto count = [&](TrialState state) { return std::ranges::count(trials, state, &SearchTrial::state); };
    const SearchTrial *best = bestTrial(settings.goal, trials);
    m_table->setBest(best ? int(best->number) : 0);
    m_export->setEnabled(!trials.empty());
    const QString states[] = {tr("New search"), tr("Searching"), tr("Paused"), tr("Stopping…"), tr("Search finished"), tr("Stopped"), tr("Running elsewhere")};
    m_status->setText(states[int(m_state)]);
    QStringList words;
    if (!trials.empty())
        words << (settings.trials > 0 ? (settings.trials == 1 ? tr("%1 of %2 trial") : tr("%1 of %2 trials")).arg(trials.size()).arg(settings.trials)
                                     : trials.size() == 1  ? tr("1 trial")
                                                           : tr("%1 trials").arg(trials.size()));
    const std::pair<TrialState, QString> kinds[] = {{TrialState::Running, tr("%1 running")}, {TrialState::Waiting, tr("%1 waiting")},
        {TrialState::Stopped, tr("%1 stopped early")}, {TrialState::Failed, tr("%1 failed")}};
    for (const auto &[state, text] : kinds) {
        if (const auto number = count(state))
            words << text.arg(number);
    }
    if (const QString left = timeLeft(); !left.isEmpty())
        words << left;
    if (best)
        words << tr("best %1 by trial %2").arg(m_table->scoreText(*best)).arg(best->number);
    if (!m_message.isEmpty())
        words << m_message;
    if (m_state == State::Elsewhere)
        words << tr("another program is at it: stop it there to go on here");
    if (words.isEmpty())
        words << tr("Add what to vary, then start. Each variant is trained as a run of its own.");
    m_figures->setText(words.join(QStringLiteral("  ·  ")));
    m_bar->setVisible(m_state != State::New);
    m_bar->setRange(0, settings.trials > 0 ? int(settings.trials) : 0);
    m_bar->setValue(int(trials.size()) - int(count(TrialState::Running)));
    if (settings.trials == 0 && m_state != State::Running && m_state != State::Elsewhere) {
        m_bar->setRange(0, 1);
        m_bar->setValue(1);
    }
}

/// By what the trials took that have ended; "" while too few have, or where nobody can know.
QString SearchView::timeLeft() const
{
    constexpr int kLeast = 3;
    const SearchSettings &settings = m_table->settings();
    double seconds = 0;
    int ended = 0;
    for (const SearchTrial &trial : m_table->trials()) {
        seconds += trial.seconds;
        ended += trial.state != TrialState::Running;
    }
    if ((m_state != State::Running && m_state != State::Elsewhere) || settings.trials == 0 || ended < kLeast)
        return {};
    return timeLeftText(seconds / ended * double(settings.trials - ended) / double(settings.jobs));
}

QImage SearchView::pagePicture() const
{
    constexpr double kScale = 2;
    QWidget *page = m_pages->currentWidget();
    QImage picture(page->size() * kScale, QImage::Format_RGB32);
    picture.setDevicePixelRatio(kScale);
    picture.fill(palette().color(QPalette::Window));
    page->render(&picture);
    return picture;
}

void SearchView::refreshDetails()
{
    const bool any = m_selected > 0 && m_selected <= m_table->rowCount();
    for (QPushButton *button : {m_use, m_report, m_open})
        button->setEnabled(any);
    if (!any) {
        m_detailTitle->setText(tr("No trial selected"));
        m_detailValues->setText(tr("Click a row, a line or a dot."));
        return;
    }
    const SearchTrial &trial = m_table->trials()[std::size_t(m_selected - 1)];
    const SearchSettings &settings = m_table->settings();
    m_report->setEnabled(trial.state != TrialState::Failed && trial.epochs() > 0);
    m_open->setEnabled(m_report->isEnabled());
    m_detailTitle->setText(trial.problem.empty()
            ? (trial.epochs() == 1 ? tr("Trial %1  ·  %2  ·  %3 after %4 epoch  ·  %5 parameters") : tr("Trial %1  ·  %2  ·  %3 after %4 epochs  ·  %5 parameters")).arg(trial.number).arg(TrialTable::stateText(trial.state), m_table->scoreText(trial)).arg(trial.epochs()).arg(shortCount(trial.cost.parameters))
            : tr("Trial %1  ·  %2").arg(trial.number).arg(QString::fromStdString(trial.problem)));
    QStringList values;
    for (std::size_t axis = 0; axis < settings.axes.size(); ++axis)
        values << QString::fromStdString(settings.axes[axis].name + " = " + settings.axes[axis].text(trial.point[axis]));
    const QString since = m_table->trainedOnText(trial);
    m_detailValues->setText(values.join(QStringLiteral("   ")) + (since.isEmpty() ? QString() : QStringLiteral("  ·  ") + since));
}

void SearchView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_rows)
        m_rows->viewport()->update();
}

} // namespace netloom
