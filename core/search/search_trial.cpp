// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search_trial.h"

#include <algorithm>
#include <tuple>

namespace netloom {

std::optional<SearchGoal> SearchGoal::named(std::string_view name)
{
    if (name == "accuracy")
        return accuracy();
    if (name == "r2")
        return r2();
    if (name == "loss")
        return loss();
    return std::nullopt;
}

std::string_view toString(TrialState state)
{
    switch (state) {
    case TrialState::Running: return "running";
    case TrialState::Waiting: return "waiting";
    case TrialState::Finished: return "finished";
    case TrialState::Stopped: return "stopped";
    case TrialState::Failed: break;
    }
    return "failed";
}

bool isBetter(const SearchGoal &goal, const TrialEpoch &a, const TrialEpoch &b)
{
    return std::tuple(goal.asLoss(a.score), a.loss) < std::tuple(goal.asLoss(b.score), b.loss);
}

std::optional<TrialEpoch> SearchTrial::best(const SearchGoal &goal) const
{
    std::optional<TrialEpoch> best;
    for (const TrialEpoch &score : curve) {
        if (!best || isBetter(goal, score, *best))
            best = score;
    }
    return best;
}

bool ranksBefore(const SearchGoal &goal, const SearchTrial &a, const SearchTrial &b)
{
    const auto scoreA = a.best(goal), scoreB = b.best(goal);
    if (!scoreA || !scoreB)
        return scoreA && !scoreB;
    return a.rung != b.rung ? a.rung > b.rung : isBetter(goal, *scoreA, *scoreB);
}

const SearchTrial *bestTrial(const SearchGoal &goal, std::span<const SearchTrial> trials)
{
    const auto best = std::ranges::min_element(trials, [&](const SearchTrial &a, const SearchTrial &b) { return ranksBefore(goal, a, b); });
    return best != trials.end() && best->best(goal) ? &*best : nullptr;
}

} // namespace netloom
