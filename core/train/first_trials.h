// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/trainer.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

// What can be tried before a training, on a network of its own that is thrown away. Both compute on the calling thread; they end early, with
// an error, when goesOn() says false. No LibTorch type shows here.

using GoesOn = std::function<bool(std::int64_t done, std::int64_t total)>;

struct LrPoint {
    double lr = 0;
    double loss = 0; ///< smoothed
};

/// How the loss answers to a learning rate that grows with every batch.
struct LrSearch {
    std::vector<LrPoint> points;
    std::optional<double> suggestion; ///< where the loss falls steepest; nothing where it never falls
};

/// The learning rate range test (Smith 2015, "Cyclical learning rates for training neural networks"): it grows exponentially from 1e-7 to 10 within
/// @p steps batches; the search ends where the smoothed loss is four times its best.
Result<LrSearch> searchLearningRate(const NodeRegistry &registry, const TrainPlan &plan, BatchSource &data, const GoesOn &goesOn, int steps = 120);

/// Whether the network can learn one batch by heart: where it can't, something is wrong with layers, loss, learning rate or labels.
struct OverfitCheck {
    bool learned = false;
    int steps = 0;
    std::int64_t samples = 0;
    double firstLoss = 0, lastLoss = 0;
    double rightShare = 0; ///< of the batch's samples, after the last step; 0 where a number is learned
    std::string text;      ///< what came out and what to do, for people
};

/// Dropout rests meanwhile.
Result<OverfitCheck> overfitOneBatch(const NodeRegistry &registry, const TrainPlan &plan, BatchSource &data, const GoesOn &goesOn, int steps = 300);

} // namespace netloom
