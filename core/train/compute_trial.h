// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/trainer.h"

#include <functional>

namespace netloom {

/// How a processor computes a network's steps; which is fastest differs by network and machine, up to fourfold.
struct ComputeChoice {
    int threads = 1;
    bool channelsLast = true; ///< the layout of pictures and filters; without meaning where there are no convolutions
    friend bool operator==(const ComputeChoice &, const ComputeChoice &) = default;
};

/// What the recipe says: its threads or all physical cores, and the layout that suits convolutions mostly.
ComputeChoice plannedCompute(const Params &recipe);

/// The fastest choice for the plan's network on this machine: as remembered in the user's cache folder, else tried out for a second at
/// most on copies of the network with numbers drawn at random. Gives plannedCompute() where the recipe sets the threads or wants no trial, and
/// where no step ends in time. Call before the network is built: LibTorch's random numbers start anew there. Ends early when @p stopped says so.
ComputeChoice chooseCompute(const NodeRegistry &registry, const TrainPlan &plan, const std::function<bool()> &stopped);

/// Keeps an answer of chooseCompute() in the user's cache folder, as a trial does.
void rememberCompute(const NodeRegistry &registry, const TrainPlan &plan, const ComputeChoice &choice);

} // namespace netloom
