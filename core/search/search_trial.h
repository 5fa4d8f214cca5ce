// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/search_axis.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace netloom {

/// What a search wants to be as good as possible, of the validation samples: a column of metrics.csv and of `train --json`.
struct SearchGoal {
    std::string metric;    ///< "val_accuracy", "val_r2", "val_loss"
    bool greatest = true;  ///< false: the smallest is the best

    static SearchGoal accuracy() { return {"val_accuracy", true}; }
    static SearchGoal r2() { return {"val_r2", true}; }
    static SearchGoal loss() { return {"val_loss", false}; }
    static std::optional<SearchGoal> named(std::string_view name); ///< "accuracy", "r2", "loss"

    /// The score as something to be made small.
    double asLoss(double score) const { return greatest ? -score : score; }
    friend bool operator==(const SearchGoal &, const SearchGoal &) = default;
};

/// How a trial stood after an epoch: the mean over its folds.
struct TrialEpoch {
    std::int64_t epoch = 0;
    double score = 0; ///< of the goal's metric
    double loss = 0;  ///< on the validation samples; settles equal scores
    friend bool operator==(const TrialEpoch &, const TrialEpoch &) = default;
};

enum class TrialState {
    Running,
    Waiting,   ///< at a rung: it goes on when it is among the best there
    Finished,  ///< trained in full
    Stopped,   ///< at a rung, for good: others were better
    Failed,
};
/// "running", "waiting", "finished", "stopped", "failed".
std::string_view toString(TrialState state);

/// What of a trial is known before it is trained.
struct TrialCost {
    std::int64_t parameters = 0;
    std::int64_t multiplyAdds = 0; ///< for one sample, forward
    friend bool operator==(const TrialCost &, const TrialCost &) = default;
};

/// One point of a search, and how it did.
struct SearchTrial {
    std::int64_t number = 0; ///< from 1
    SearchPoint point;
    TrialState state = TrialState::Running;
    std::int64_t rung = -1;      ///< the last that it came to; -1 for none
    std::vector<TrialEpoch> curve;
    std::vector<TrialEpoch> atRung; ///< the best until each rung
    TrialCost cost;
    double seconds = 0;
    std::int64_t memory = 0;     ///< at its peak, bytes
    std::string problem;         ///< why it failed

    std::int64_t epochs() const { return curve.empty() ? 0 : curve.back().epoch; }
    /// The best epoch, whose weights are kept; nothing before the first.
    std::optional<TrialEpoch> best(const SearchGoal &goal) const;
    friend bool operator==(const SearchTrial &, const SearchTrial &) = default;
};

/// True when @p a did better than @p b; equal scores are settled by the loss.
bool isBetter(const SearchGoal &goal, const TrialEpoch &a, const TrialEpoch &b);

/// True when @p a comes before @p b in a list of the best: a trial that came further was better where the two were compared. Trials
/// without a score come last.
bool ranksBefore(const SearchGoal &goal, const SearchTrial &a, const SearchTrial &b);
/// The first of such a list; null before the first score.
const SearchTrial *bestTrial(const SearchGoal &goal, std::span<const SearchTrial> trials);

} // namespace netloom
