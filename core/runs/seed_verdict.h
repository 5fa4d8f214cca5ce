// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/curve_statistics.h"

namespace netloom {

/// Runs that are judged as one: a run by itself, or those of a group of seeds.
struct Contender {
    std::string name;
    std::vector<RunEntry> runs;
};

/// What two contenders are compared by: the test score where all runs have one, else the score or the loss of their best epochs. "" where
/// they have nothing in common.
std::string commonFigure(const Contender &a, const Contender &b);

Spread spreadOf(const Contender &contender, const std::string &figure);

/// "Test accuracy: 0.4 points apart, within the spread of 0.9 of the seeds: no difference shown." The spread is the larger one of both
/// standard deviations; beyond it Welch's t-test tells how likely chance is. "" where they have no figure in common.
std::string seedVerdict(const Contender &a, const Contender &b);

/// "test_accuracy" → "Test accuracy"; what isn't known stays as it is.
std::string figureTitle(const std::string &figure);
/// True for a share of 1 that people read in percent.
bool isShare(const std::string &figure);
/// True where less is better.
bool isLoss(const std::string &figure);

} // namespace netloom
