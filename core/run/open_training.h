// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/loader.h"
#include "project/project.h"
#include "train/first_trials.h"
#include "train/train_event.h"

#include <functional>
#include <memory>
#include <optional>

namespace netloom {

/// A project with its data open, ready to be trained.
struct OpenedTraining {
    SourceFacts facts;
    Inference inference;
    std::shared_ptr<DataSource> source;
    std::shared_ptr<BatchSource> batches;
};

/// Opens the data and checks the graph; what is wrong comes back, with the node, or nothing where all is well.
/// @p onIssues gets warnings and hints; @p before is what the data were when the training began, where it is resumed.
std::optional<TrainFailed> openTraining(const NodeRegistry &registry, const Project &project, LoaderOptions loading, OpenedTraining &opened,
    const SourceFacts &before = {}, const std::function<void(const Issues &)> &onIssues = {});

/// searchLearningRate() and overfitOneBatch() for a project.
Result<LrSearch> searchLearningRate(const NodeRegistry &registry, const Project &project, const GoesOn &goesOn);
Result<OverfitCheck> overfitOneBatch(const NodeRegistry &registry, const Project &project, const GoesOn &goesOn);

} // namespace netloom
