// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/pruner.h"

#include <algorithm>
#include <utility>

namespace netloom {

namespace {

constexpr std::pair<PrunerKind, std::string_view> kNames[] = {
    {PrunerKind::None, "none"},
    {PrunerKind::SuccessiveHalving, "halving"},
    {PrunerKind::Asha, "asha"},
};

/// The trials that came to rung @p rung, the best first.
std::vector<const SearchTrial *> rankingAt(std::int64_t rung, const SearchGoal &goal, std::span<const SearchTrial> trials)
{
    std::vector<const SearchTrial *> ranking;
    for (const SearchTrial &trial : trials) {
        if (std::int64_t(trial.atRung.size()) > rung)
            ranking.push_back(&trial);
    }
    std::ranges::stable_sort(ranking, [&](const SearchTrial *a, const SearchTrial *b) {
        return isBetter(goal, a->atRung[std::size_t(rung)], b->atRung[std::size_t(rung)]);
    });
    return ranking;
}

/// The best of the first @p going that waits at the rung.
std::optional<std::int64_t> firstWaiting(std::int64_t rung, std::span<const SearchTrial *const> ranking, std::size_t going)
{
    for (const SearchTrial *trial : ranking.first(std::min(going, ranking.size()))) {
        if (trial->rung == rung && trial->state == TrialState::Waiting)
            return trial->number;
    }
    return std::nullopt;
}

std::optional<std::int64_t> ashaPromotion(const Ladder &ladder, const SearchGoal &goal, std::span<const SearchTrial> trials)
{
    for (std::int64_t rung = ladder.top() - 1; rung >= 0; --rung) {
        const auto ranking = rankingAt(rung, goal, trials);
        const auto waits = [&](const SearchTrial *trial) { return trial->rung == rung && trial->state == TrialState::Waiting; };
        const std::size_t going = ranking.size() / std::size_t(ladder.factor);
        const auto gone = ranking.size() - std::size_t(std::ranges::count_if(ranking, waits));
        const auto number = gone < going ? firstWaiting(rung, ranking, going) : std::nullopt;
        if (number)
            return number;
    }
    return std::nullopt;
}

/// The promotion within one bracket of successive halving, whose trials are @p trials.
std::optional<std::int64_t> bracketPromotion(const Ladder &ladder, const SearchGoal &goal, std::span<const SearchTrial> trials, bool complete)
{
    if (!complete)
        return std::nullopt;
    for (std::int64_t rung = 0; rung < ladder.top(); ++rung) {
        const auto onTheWay = [&](const SearchTrial &trial) { return trial.state == TrialState::Running && trial.rung < rung; };
        if (std::ranges::any_of(trials, onTheWay))
            return std::nullopt;
        const auto ranking = rankingAt(rung, goal, trials);
        const std::size_t going = std::max<std::size_t>(1, ranking.size() / std::size_t(ladder.factor));
        if (const auto number = firstWaiting(rung, ranking, going))
            return number;
    }
    return std::nullopt;
}

std::optional<std::int64_t> halvingPromotion(const Ladder &ladder, const SearchGoal &goal, std::span<const SearchTrial> trials, bool lastIsComplete)
{
    const auto size = std::size_t(ladder.bracket);
    for (std::size_t from = 0; from < trials.size(); from += size) {
        const auto bracket = trials.subspan(from, std::min(size, trials.size() - from));
        if (const auto number = bracketPromotion(ladder, goal, bracket, bracket.size() == size || lastIsComplete))
            return number;
    }
    return std::nullopt;
}

} // namespace

std::string_view toString(PrunerKind kind)
{
    return std::ranges::find(kNames, kind, &std::pair<PrunerKind, std::string_view>::first)->second;
}

std::optional<PrunerKind> prunerFromString(std::string_view name)
{
    const auto found = std::ranges::find(kNames, name, &std::pair<PrunerKind, std::string_view>::second);
    return found == std::end(kNames) ? std::nullopt : std::optional(found->first);
}

Ladder Ladder::make(PrunerKind kind, std::int64_t least, std::int64_t factor, std::int64_t full, std::int64_t trials)
{
    Ladder ladder{kind, factor, {}, 0};
    if (kind != PrunerKind::None) {
        for (std::int64_t epochs = least; epochs < full; epochs *= factor)
            ladder.rungs.push_back(epochs);
    }
    ladder.rungs.push_back(full);
    if (kind == PrunerKind::SuccessiveHalving) {
        ladder.bracket = trials;
        for (std::int64_t rung = 0; trials == 0 && rung <= ladder.top(); ++rung)
            ladder.bracket = std::max<std::int64_t>(1, ladder.bracket * (rung > 0 ? factor : 1));
    }
    return ladder;
}

std::optional<std::int64_t> promotion(const Ladder &ladder, const SearchGoal &goal, std::span<const SearchTrial> trials, bool allBegun)
{
    switch (ladder.kind) {
    case PrunerKind::None: return std::nullopt;
    case PrunerKind::SuccessiveHalving: return halvingPromotion(ladder, goal, trials, allBegun);
    case PrunerKind::Asha: break;
    }
    return ashaPromotion(ladder, goal, trials);
}

} // namespace netloom
