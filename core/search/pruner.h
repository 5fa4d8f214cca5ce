// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/search_trial.h"

#include <span>

namespace netloom {

enum class PrunerKind {
    None,              ///< every trial is trained in full
    SuccessiveHalving, ///< Jamieson and Talwalkar 2016: all of a rung come to it, then the best go on
    Asha,              ///< Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020: nobody waits for the others of a rung
};
/// "none", "halving", "asha".
std::string_view toString(PrunerKind kind);
std::optional<PrunerKind> prunerFromString(std::string_view name);

/// At which epochs trials are compared, and how many go on.
struct Ladder {
    PrunerKind kind = PrunerKind::None;
    std::int64_t factor = 3;           ///< one in so many goes on
    std::vector<std::int64_t> rungs;   ///< epochs, rising; the last is the full training
    std::int64_t bracket = 0;          ///< successive halving: so many trials begin together

    /// Rungs at @p least epochs, and @p factor times more each, up to @p full. @p trials: how many the search has; 0 where that isn't known.
    static Ladder make(PrunerKind kind, std::int64_t least, std::int64_t factor, std::int64_t full, std::int64_t trials);
    std::int64_t top() const { return std::int64_t(rungs.size()) - 1; }
    friend bool operator==(const Ladder &, const Ladder &) = default;
};

/// The number of the trial that is to go on to its next rung; nothing where none is. ASHA as in the paper: from the highest rung down, the
/// best that is among the best 1/factor of all that came to the rung and has not gone on. Beyond the paper, never more than 1/factor of them go
/// on, so that early luck is not paid twice (delayed promotion: Li et al., Hyper-Tune, VLDB 2022): where early losses mislead it finds better
/// values, see tests/search/independent_comparison.md. @p allBegun: there will be no further trials.
std::optional<std::int64_t> promotion(const Ladder &ladder, const SearchGoal &goal, std::span<const SearchTrial> trials, bool allBegun);

} // namespace netloom
