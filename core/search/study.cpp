// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/study.h"

#include "search/study_journal.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace netloom {

namespace {

constexpr std::size_t kLeastCompared = 8;

} // namespace

Study::Study(SearchSettings settings) : m_settings(std::move(settings))
{
    if (m_settings.sampler == SamplerKind::Grid) {
        const std::int64_t size = gridSize(m_settings.axes);
        m_settings.trials = m_settings.trials > 0 ? std::min(m_settings.trials, size) : size;
    }
    m_ladder = Ladder::make(m_settings.pruner, m_settings.leastEpochs, m_settings.factor, m_settings.fullEpochs, m_settings.trials);
    m_sampler = makeSampler(m_settings.sampler, m_settings.axes, m_settings.seed, m_settings.trials);
}

Study::~Study() = default;
Study::Study(Study &&) noexcept = default;
Study &Study::operator=(Study &&) noexcept = default;

Result<Study> Study::begin(SearchSettings settings, const std::filesystem::path &file, const std::string &project)
{
    Study study(std::move(settings));
    study.m_project = project;
    auto journal = StudyJournal::create(file, study.m_settings, project);
    if (!journal)
        return journal.error();
    study.m_journal = std::move(*journal);
    return study;
}

Result<Done> Study::keepIn(const std::filesystem::path &file)
{
    auto journal = StudyJournal::open(file);
    if (!journal)
        return journal.error();
    m_journal = std::move(*journal);
    return Done{};
}

const std::string &Study::journalProblem() const
{
    static const std::string none;
    return m_journal ? m_journal->problem() : none;
}

bool Study::allBegun() const
{
    return m_closed || m_exhausted || (m_settings.trials > 0 && std::int64_t(m_trials.size()) >= m_settings.trials);
}

/// The highest rung that enough trials came to for a sampler to learn from: losses are compared at one rung alone.
std::size_t Study::comparedRung() const
{
    const std::size_t enough = std::max(kLeastCompared, m_settings.axes.size() + 2);
    for (std::size_t rung = m_ladder.rungs.size() - 1; rung > 0; --rung) {
        const auto came = [&](const SearchTrial &trial) { return trial.atRung.size() > rung; };
        if (std::size_t(std::ranges::count_if(m_trials, came)) >= enough)
            return rung;
    }
    return 0;
}

std::vector<Observation> Study::observations() const
{
    const std::size_t rung = comparedRung();
    std::vector<Observation> all;
    for (const SearchTrial &trial : m_trials) {
        Observation one{trial.point, {}, 0};
        if (trial.atRung.size() > rung) {
            one.loss = m_settings.goal.asLoss(trial.atRung[rung].score);
            one.tie = trial.atRung[rung].loss;
        }
        all.push_back(std::move(one));
    }
    return all;
}

std::optional<SearchPoint> Study::nextPoint()
{
    const std::vector<Observation> earlier = observations();
    std::optional<SearchPoint> point = m_sampler->next(std::int64_t(m_trials.size()) + 1, earlier);
    m_exhausted = !point;
    return point;
}

Study::Task Study::run(SearchTrial &trial)
{
    trial.state = TrialState::Running;
    const std::int64_t from = trial.rung >= 0 ? m_ladder.rungs[std::size_t(trial.rung)] : 0;
    std::erase_if(trial.curve, [&](const TrialEpoch &score) { return score.epoch > from; }); // of a task that was broken off
    const Task task{trial.number, from, m_ladder.rungs[std::size_t(trial.rung + 1)]};
    if (m_journal)
        m_journal->writeTask(m_settings, trial, task.toEpoch);
    return task;
}

std::optional<Study::Task> Study::next()
{
    if (m_closed)
        return std::nullopt;
    if (!m_again.empty()) {
        const std::int64_t number = m_again.front();
        m_again.erase(m_again.begin());
        return run(at(number));
    }
    if (const auto number = promotion(m_ladder, m_settings.goal, m_trials, allBegun()))
        return run(at(*number));
    if (allBegun())
        return std::nullopt;
    std::optional<SearchPoint> point = nextPoint();
    if (!point)
        return std::nullopt;
    SearchTrial trial;
    trial.number = std::int64_t(m_trials.size()) + 1;
    trial.point = std::move(*point);
    m_trials.push_back(std::move(trial));
    return run(m_trials.back());
}

void Study::setCost(std::int64_t trial, const TrialCost &cost)
{
    at(trial).cost = cost;
    if (m_journal)
        m_journal->writeCost(trial, cost);
}

void Study::addScore(std::int64_t trial, const TrialEpoch &score)
{
    if (!std::isfinite(score.score))
        return;
    at(trial).curve.push_back(score);
    if (m_journal)
        m_journal->writeScore(trial, score);
}

void Study::finishTask(std::int64_t number, double seconds, std::int64_t memory)
{
    SearchTrial &trial = at(number);
    const std::optional<TrialEpoch> best = trial.best(m_settings.goal);
    if (!best) {
        failTrial(number, "No epoch gave a finite " + m_settings.goal.metric + ": a smaller learning rate, or data with a validation part, may help.");
        return;
    }
    trial.atRung.push_back(*best);
    ++trial.rung;
    trial.seconds += seconds;
    trial.memory = std::max(trial.memory, memory);
    trial.state = trial.rung == m_ladder.top() ? TrialState::Finished : TrialState::Waiting;
    if (m_journal)
        m_journal->writeRung(number, seconds, memory, m_elapsed);
}

void Study::failTrial(std::int64_t number, const std::string &problem)
{
    at(number).state = TrialState::Failed;
    at(number).problem = problem;
    if (m_journal)
        m_journal->writeFailure(number, problem, m_elapsed);
}

void Study::giveBack(std::int64_t number)
{
    at(number).state = TrialState::Waiting;
    m_again.push_back(number);
}

bool Study::over()
{
    const auto running = [](const SearchTrial &trial) { return trial.state == TrialState::Running; };
    if (std::ranges::any_of(m_trials, running))
        return false;
    if (!m_closed && (!m_again.empty() || !allBegun() || promotion(m_ladder, m_settings.goal, m_trials, true)))
        return false;
    for (SearchTrial &trial : m_trials) {
        if (trial.state == TrialState::Waiting && std::ranges::find(m_again, trial.number) == m_again.end())
            trial.state = TrialState::Stopped;
    }
    return true;
}

void Study::extend(std::int64_t trials, double minutes)
{
    m_settings.trials = trials;
    m_settings.minutes = minutes;
    m_closed = false;
    for (SearchTrial &trial : m_trials) {
        if (trial.state == TrialState::Stopped)
            trial.state = TrialState::Waiting;
    }
    if (m_journal)
        m_journal->writeBudget(trials, minutes);
}

const SearchTrial *Study::best() const
{
    return bestTrial(m_settings.goal, m_trials);
}

} // namespace netloom
