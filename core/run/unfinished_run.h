// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"
#include "train/trainer.h"

namespace netloom {

/// A run that didn't come to its end, read back from its folder: cut off by a crash, stopped, or failed.
struct UnfinishedRun {
    RunRecord record;       ///< as it was at the checkpoint, but for inference; record.facts are known where facts.known
    std::string checkpoint; ///< its file image; "" where the run was cut off before the first
    CheckpointFacts at;     ///< where it goes on

    /// The error says why it can't be taken up again.
    static Result<UnfinishedRun> load(const NodeRegistry &registry, const std::filesystem::path &folder);
};

/// What tells that the data are others than the run has learned from so far, as a sentence; "" where they are the same.
std::string dataChange(const SourceFacts &before, const SourceFacts &now);

/// Makes an unfinished run an ordinary stopped one, with the weights of its best epoch until the last checkpoint, and a report.
Result<Done> keepAsItIs(const NodeRegistry &registry, const std::filesystem::path &folder);

} // namespace netloom
