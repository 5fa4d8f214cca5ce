// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/evaluation_presenter.h"

#include "desktop/compare_dialog.h"
#include "desktop/evaluation_pdf.h"
#include "desktop/evaluation_shown.h"
#include "desktop/save_dialog.h"
#include "desktop/thumbnail_store.h"
#include "evaluation/evaluation_view.h"
#include "panels/fact_rows.h"
#include "run/chosen_threshold.h"
#include "run/evaluation_report.h"
#include "run/finished_run.h"

#include <QDir>

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

namespace {

bool hasWeights(const RunEntry &run)
{
    std::error_code error;
    return fs::exists(run.folder / "weights.safetensors", error);
}

constexpr int kKeepAfter = 300; ///< ms

QString textOf(const fs::path &path)
{
    return QString::fromStdString(path.string());
}

} // namespace

EvaluationPresenter::EvaluationPresenter(const NodeRegistry &registry, EvaluationView &view, ThumbnailStore &thumbnails, RunsFolder runsFolder, QObject *parent)
    : QObject(parent), m_registry(registry), m_view(view), m_thumbnails(thumbnails), m_runsFolder(std::move(runsFolder))
{
    connect(&view, &EvaluationView::runChosen, this, &EvaluationPresenter::choose);
    connect(&view, &EvaluationView::evaluateRequested, this, &EvaluationPresenter::evaluate);
    connect(&view, &EvaluationView::headChosen, this, &EvaluationPresenter::showHead);
    connect(&view, &EvaluationView::stopRequested, this, [this] {
        m_judging.stop();
        if (!m_evaluation)
            m_view.setNothing(tr("Not judged"), tr("Press “Evaluate” to judge the run."));
    });
    connect(&view, &EvaluationView::thresholdChanged, this, &EvaluationPresenter::moveThreshold);
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(kKeepAfter);
    connect(&m_keeping, &QTimer::timeout, this, &EvaluationPresenter::keepThresholdNow);
    connect(&view, &EvaluationView::htmlRequested, this, [this] { save(QStringLiteral("html")); });
    connect(&view, &EvaluationView::pdfRequested, this, [this] { save(QStringLiteral("pdf")); });
    connect(&m_judging, &BackgroundTask::progressed, this,
        [this](qint64 done, qint64 total) { m_view.setBusy(tr("%1 of %2").arg(grouped(done), grouped(total))); });
    connect(&m_judging, &BackgroundTask::ended, this, [this] { m_view.setBusy({}); });
}

EvaluationPresenter::~EvaluationPresenter()
{
    keepThresholdNow();
}

void EvaluationPresenter::setActive(bool active)
{
    keepThresholdNow();
    if (!active)
        return;
    m_wanted = m_wanted || (!m_evaluation && !m_judging.isRunning());
    listAgain();
}

void EvaluationPresenter::forget()
{
    keepThresholdNow();
    m_judging.stop();
    m_listing.stop();
    m_wanted = false;
    m_judged.clear();
    m_heads.reset();
    m_evaluation.reset();
    m_view.setHeads({}, -1);
    m_thumbnails.setSource(nullptr);
    adopt({});
}

void EvaluationPresenter::openRun(const fs::path &folder, Split split, std::optional<Cell> cell)
{
    m_chosen = folder;
    m_view.setSplit(int(split));
    if (m_evaluation && m_judged == folder && m_evaluation->split == split) {
        if (cell)
            m_view.openCell(cell->truth, cell->guess);
        return;
    }
    m_cell = cell;
    m_wanted = true;
    listAgain();
}

void EvaluationPresenter::listAgain()
{
    m_listing.start([this, folder = m_runsFolder()](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        std::vector<RunEntry> runs = listRuns(folder);
        std::erase_if(runs, [](const RunEntry &run) { return !hasWeights(run); });
        return [this, runs] { adopt(runs); };
    });
}

void EvaluationPresenter::adopt(std::vector<RunEntry> runs)
{
    const fs::path before = m_chosen;
    m_runs = std::move(runs);
    auto chosen = std::ranges::find(m_runs, m_chosen, &RunEntry::folder);
    if (chosen == m_runs.end())
        chosen = m_runs.begin();
    m_chosen = chosen == m_runs.end() ? fs::path() : chosen->folder;
    std::vector<EvaluationView::Run> shown;
    for (const RunEntry &run : m_runs)
        shown.push_back({tr("%1  ·  %2  ·  %3").arg(QString::fromStdString(run.title), startedText(run), resultText(run)), textOf(run.folder)});
    m_view.setRuns(shown, m_runs.empty() ? -1 : int(chosen - m_runs.begin()));
    if (m_chosen != before || m_wanted)
        emit runChanged();
    if (m_runs.empty())
        m_view.setNothing(tr("No run yet"), tr("Train once: the run can then be judged here."));
    else if (std::exchange(m_wanted, false))
        evaluate();
}

fs::path EvaluationPresenter::run() const
{
    return m_chosen;
}

const RunEntry *EvaluationPresenter::entry() const
{
    const auto found = std::ranges::find(m_runs, m_chosen, &RunEntry::folder);
    return found == m_runs.end() ? nullptr : &*found;
}

void EvaluationPresenter::choose(int run)
{
    m_chosen = m_runs.at(std::size_t(run)).folder;
    m_cell.reset();
    emit runChanged();
    evaluate();
}

/// What decides about the main head decides about the run's answers too.
void EvaluationPresenter::moveThreshold(double threshold)
{
    if (!m_evaluation || !hasThreshold(*m_evaluation))
        return;
    m_view.setScores(shownScores(*m_evaluation, threshold));
    if (m_evaluation.get() != &m_heads->front())
        return;
    m_threshold = threshold;
    m_unkept = true;
    m_keeping.start();
    if (m_judged == m_chosen)
        emit thresholdChosen(threshold);
}

void EvaluationPresenter::keepThresholdNow()
{
    m_keeping.stop();
    if (!std::exchange(m_unkept, false))
        return;
    if (const Result<Done> kept = keepThreshold(m_judged, m_threshold); !kept)
        emit messageRequested(QString::fromStdString(kept.error().text));
}

void EvaluationPresenter::evaluate()
{
    keepThresholdNow();
    if (m_chosen.empty())
        return;
    m_view.setBusy(tr("Opening the run…"));
    if (!m_evaluation)
        m_view.setNothing(tr("The run is being judged"), tr("Every sample goes through the network once."));
    const Split split = kAllSplits[std::size_t(m_view.chosenSplit())];
    m_judging.start([this, split, &registry = m_registry, folder = m_chosen](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        const auto run = FinishedRun::load(registry, folder);
        if (!run)
            return [this, why = QString::fromStdString(run.error().text)] { fail(why); };
        auto evaluations = evaluateHeads(registry, *run, split, {}, report);
        if (!evaluations)
            return [this, why = QString::fromStdString(evaluations.error().text)] { fail(why); };
        const auto judged = std::make_shared<const std::vector<Evaluation>>(std::move(*evaluations));
        const auto shown = std::make_shared<ShownEvaluation>(shownEvaluation({judged, &judged->front()}, run->threshold));
        return [this, judged, shown, folder, threshold = run->threshold] {
            keepThresholdNow();
            m_judged = folder;
            m_threshold = threshold;
            m_heads = judged;
            m_evaluation = {judged, &judged->front()};
            QStringList names;
            for (const Evaluation &head : *judged)
                names << QString::fromStdString(head.head);
            m_view.setHeads(names, 0);
            m_thumbnails.setSource(judged->front().source);
            m_view.setEvaluation(std::move(*shown));
            if (const auto cell = std::exchange(m_cell, {}))
                m_view.openCell(cell->truth, cell->guess);
        };
    });
}

void EvaluationPresenter::showHead(int head)
{
    if (!m_heads || head < 0 || head >= int(m_heads->size()))
        return;
    m_evaluation = {m_heads, &(*m_heads)[std::size_t(head)]};
    m_view.setEvaluation(shownEvaluation(m_evaluation, head == 0 ? m_threshold : kUsualThreshold));
}

void EvaluationPresenter::fail(const QString &why)
{
    m_heads.reset();
    m_evaluation.reset();
    m_view.setHeads({}, -1);
    m_cell.reset();
    m_thumbnails.setSource(nullptr);
    m_view.setNothing(tr("This could not be judged"), why);
}

void EvaluationPresenter::save(const QString &suffix)
{
    if (!m_heads)
        return;
    const auto run = std::ranges::find(m_runs, m_judged, &RunEntry::folder);
    const QString title = run == m_runs.end() ? textOf(m_judged.filename()) : tr("%1  ·  %2").arg(QString::fromStdString(run->title), startedText(*run));
    const QString suggestion = QDir(textOf(m_judged)).filePath("evaluation." + suffix);
    const QString path = askForSaveFile(&m_view, tr("Save the report"), suggestion, "*." + suffix, suffix);
    if (path.isEmpty())
        return;
    emit messageRequested(tr("Writing the report…"));
    m_writing.start([this, path, title, suffix, shown = m_heads, threshold = m_threshold](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        std::vector<Evaluation> heads = *shown;
        heads.front() = judgedAt(std::move(heads.front()), threshold);
        QString problem;
        if (suffix == QLatin1String("pdf")) {
            problem = writeEvaluationPdf(path, heads, title);
        } else if (const auto written = writeFileAtomically(path.toStdString(), evaluationHtml(heads, title.toStdString())); !written) {
            problem = QString::fromStdString(written.error().text);
        }
        return [this, problem, path] { emit messageRequested(problem.isEmpty() ? tr("The report is in %1").arg(path) : problem); };
    });
}

} // namespace netloom
