// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/event_log.h"
#include "train/trainer.h"

namespace netloom::test {

/// What a training left.
struct Trained {
    std::string weights;
    std::string checkpoint; ///< the last one
    std::vector<EpochDone> epochs;
    TrainFailed failure; ///< without a text where it didn't fail
};

/// Trains to the end and keeps checkpoints. @p beforeStart may keep the trainer, to stop it on the way.
inline Trained train(const NodeRegistry &registry, TrainPlan plan, std::shared_ptr<BatchSource> batches, TrainerOptions options = {},
    const std::function<void(Trainer &)> &beforeStart = {})
{
    Trained trained;
    options.keepCheckpoint = [&trained](const std::string &bytes) {
        trained.checkpoint = bytes;
        return Result<Done>(Done{});
    };
    EventLog log;
    Trainer trainer(registry, std::move(plan), std::move(batches), std::ref(log), std::move(options));
    if (beforeStart)
        beforeStart(trainer);
    trainer.start();
    trainer.wait();
    trained.weights = trainer.weights();
    trained.epochs = log.of<EpochDone>();
    if (const auto failures = log.of<TrainFailed>(); !failures.empty())
        trained.failure = failures.front();
    return trained;
}

} // namespace netloom::test
