// SPDX-License-Identifier: GPL-3.0-or-later
#include "search_output.h"

#include "console.h"
#include "run/number_text.h"
#include "search/study_journal.h"
#include "search/trial_project.h"
#include "text_table.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::ordered_json;
using enum TextTable::Align;

constexpr std::size_t kBestRows = 10;

Json trialJson(const char *event, const SearchSettings &settings, const SearchTrial &trial)
{
    Json json{{"event", event}, {"trial", trial.number}, {"values", pointJson(settings.axes, trial.point)}, {"state", toString(trial.state)},
        {"epochs", trial.epochs()}, {"parameters", trial.cost.parameters}, {"multiply_adds", trial.cost.multiplyAdds}};
    const auto best = trial.best(settings.goal);
    json[settings.goal.metric] = best ? jsonNumber(best->score) : Json();
    json["best_epoch"] = best ? Json(best->epoch) : Json();
    if (!trial.problem.empty())
        json["message"] = trial.problem;
    return json;
}

} // namespace

void SearchOutput::begin(const SearchSettings &settings, const std::filesystem::path &folder)
{
    const std::lock_guard lock(m_mutex);
    m_settings = settings;
    m_folder = folder;
    if (m_json) {
        printEvent({{"event", "search"}, {"folder", folder.string()}, {"settings", settingsJson(settings)}});
        return;
    }
    const std::string length = settings.trials > 0 ? commaText(settings.trials) + (settings.trials == 1 ? " trial" : " trials") : durationText(settings.minutes * 60);
    say("Searching " + std::to_string(settings.axes.size()) + (settings.axes.size() == 1 ? " parameter" : " parameters") + " for the best "
        + settings.goal.metric + ": " + std::string(toString(settings.sampler)) + ", "
        + (settings.pruner == PrunerKind::None ? "every trial in full" : std::string(toString(settings.pruner))) + ", " + length + ", "
        + std::to_string(settings.jobs) + (settings.jobs == 1 ? " at a time" : " at a time at most"));
    for (const SearchAxis &axis : settings.axes)
        say("  " + axis.name + "  " + rangeText(axis));
}

void SearchOutput::say(const std::string &line)
{
    m_bar.clear();
    (m_json ? std::cerr : std::cout) << printable(line) << '\n' << std::flush;
}

std::string SearchOutput::scoreText(const std::optional<TrialEpoch> &score) const
{
    if (!score)
        return "–";
    return m_settings.goal == SearchGoal::accuracy() ? percentText(score->score, 2) : figureText(score->score);
}

std::string SearchOutput::valuesText(const SearchPoint &point) const
{
    std::string text;
    for (std::size_t index = 0; index < point.size(); ++index)
        text += "  " + m_settings.axes[index].name + " " + m_settings.axes[index].text(point[index]);
    return text;
}

void SearchOutput::onEvent(const SearchEvent &event)
{
    const std::lock_guard lock(m_mutex);
    if (event.what == SearchEvent::What::Began) {
        ++m_running;
        m_begun = std::max(m_begun, event.trial.number);
    }
    if (event.what == SearchEvent::What::Ended)
        --m_running;
    if (const auto score = event.trial.best(m_settings.goal); score && (!m_best || isBetter(m_settings.goal, *score, *m_best)))
        m_best = score;
    m_json ? showForPrograms(event) : showForPeople(event);
}

void SearchOutput::showForPrograms(const SearchEvent &event)
{
    switch (event.what) {
    case SearchEvent::What::Began: printEvent(trialJson("trial", m_settings, event.trial)); break;
    case SearchEvent::What::Scored:
        printEvent({{"event", "score"}, {"trial", event.trial.number}, {"epoch", event.trial.curve.back().epoch},
            {m_settings.goal.metric, jsonNumber(event.trial.curve.back().score)}});
        break;
    case SearchEvent::What::Ended: printEvent(trialJson("trial_end", m_settings, event.trial)); break;
    case SearchEvent::What::Held: printEvent({{"event", "held"}, {"message", event.text}}); break;
    case SearchEvent::What::Over:
        if (!event.text.empty())
            reportFailure(event.text, true);
        break;
    }
}

void SearchOutput::showForPeople(const SearchEvent &event)
{
    if (event.what == SearchEvent::What::Ended && event.trial.state != TrialState::Running) {
        const SearchTrial &trial = event.trial;
        const std::string how = trial.state == TrialState::Failed ? trial.problem
                                                                  : scoreText(trial.best(m_settings.goal)) + "  after " + std::to_string(trial.epochs()) + (trial.epochs() == 1 ? " epoch" : " epochs");
        say("trial " + std::to_string(trial.number) + "  " + std::string(toString(trial.state)) + "  " + how + valuesText(trial.point));
    }
    if (!event.text.empty())
        say(event.text);
    if (event.what != SearchEvent::What::Over)
        showBar();
}

void SearchOutput::showBar()
{
    if (m_bar.shown() && m_settings.trials > 0)
        m_bar.update("trial " + std::to_string(m_begun) + "/" + std::to_string(m_settings.trials), m_begun - m_running, m_settings.trials,
            std::to_string(m_running) + " running  best " + scoreText(m_best));
}

void SearchOutput::sayStopping()
{
    const std::lock_guard lock(m_mutex);
    m_bar.clear();
    std::cerr << "Stopping after this batch; --resume goes on. Press Ctrl-C again to end at once.\n";
}

std::string SearchOutput::bestTable(std::vector<SearchTrial> trials) const
{
    std::erase_if(trials, [&](const SearchTrial &trial) { return !trial.best(m_settings.goal); });
    std::ranges::stable_sort(trials, [&](const SearchTrial &a, const SearchTrial &b) { return ranksBefore(m_settings.goal, a, b); });
    std::vector<TextTable::Column> columns{{"trial", Right}, {"state"}, {m_settings.goal.metric, Right}, {"epochs", Right}, {"parameters", Right}};
    for (const SearchAxis &axis : m_settings.axes)
        columns.push_back({axis.name, Right});
    TextTable table(std::move(columns));
    for (std::size_t index = 0; index < std::min(kBestRows, trials.size()); ++index) {
        const SearchTrial &trial = trials[index];
        std::vector<std::string> row{std::to_string(trial.number), std::string(toString(trial.state)), scoreText(trial.best(m_settings.goal)),
            std::to_string(trial.epochs()), commaText(trial.cost.parameters)};
        for (std::size_t axis = 0; axis < trial.point.size(); ++axis)
            row.push_back(m_settings.axes[axis].text(trial.point[axis]));
        table.addRow(std::move(row));
    }
    return table.text();
}

void SearchOutput::end(const std::vector<SearchTrial> &trials, const std::optional<SearchTrial> &best, bool stopped)
{
    const std::lock_guard lock(m_mutex);
    m_bar.clear();
    const auto count = [&](TrialState state) { return std::ranges::count(trials, state, &SearchTrial::state); };
    const std::filesystem::path run = best ? trialFolder(m_folder, best->number, m_settings.folds > 1 ? 1 : 0) : std::filesystem::path();
    if (m_json) {
        Json event{{"event", "end"}, {"stopped", stopped}, {"trials", trials.size()}, {"failed", count(TrialState::Failed)},
            {"pruned", count(TrialState::Stopped)}, {"folder", m_folder.string()}};
        event["best"] = best ? trialJson("trial", m_settings, *best) : Json();
        if (best) {
            event["best"].erase("event");
            event["best"]["run_dir"] = run.string();
        }
        printEvent(event);
        return;
    }
    std::cout << '\n' << bestTable(trials);
    if (count(TrialState::Failed) > 0)
        std::cout << count(TrialState::Failed) << " of " << trials.size() << " trials failed; the first: "
                  << printable(std::ranges::find(trials, TrialState::Failed, &SearchTrial::state)->problem) << '\n';
    if (!best) {
        std::cout << "No trial came to a score.\n";
        return;
    }
    std::cout << "\nBest: trial " << best->number << ", " << m_settings.goal.metric << " " << scoreText(best->best(m_settings.goal)) << "\n"
              << "  its run       " << printable(run.string()) << "\n"
              << "  judge it      netloom-cli eval " << printable(run.string()) << "\n"
              << "  open it       netloom " << printable((run / "project.netloom").string()) << std::endl;
    if (stopped)
        std::cout << "Stopped early: the same command with --resume goes on." << std::endl;
}

} // namespace netloom::cli
