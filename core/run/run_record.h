// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/infer_shapes.h"
#include "project/project.h"
#include "train/train_event.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

/// A run that had been cut off was taken up again.
struct Resumption {
    std::string at;         ///< local time
    std::int64_t epoch = 0; ///< that it went on in, from 1
    std::int64_t batch = 0; ///< so many of that epoch's batches had been done
    bool dataChanged = false; ///< it went on with data that weren't the same any more
};

/// Everything that is known of a run while it goes on and at its end; the folder's files are written from it.
struct RunRecord {
    Project project;
    std::filesystem::path projectFile; ///< "" when the project was never saved
    std::string unsavedTitle;          ///< what it is called then
    SourceFacts facts;
    std::string dataPrint; ///< fingerprint of the data; "" until it is known
    Inference inference;
    std::string startedAt;
    std::string endedAt; ///< "" while it runs
    std::string torch;   ///< LibTorch's version
    std::optional<TrainStarted> started;
    std::vector<EpochDone> epochs;
    std::vector<LearningRateChanged> lrChanges; ///< by hand
    std::vector<Resumption> resumptions;
    std::optional<TrainFinished> finished;
    std::string failure; ///< "" or why training ended early
    std::vector<std::string> unreadable;
    FilterSnapshot filters;

    /// "running", "finished", "stopped" or "failed"
    std::string status() const;
    /// 0 when no epoch was finished.
    std::int64_t bestEpoch() const;
    /// On the test samples; before the end, or where there are none, the best epoch's.
    const ConfusionMatrix *confusion() const;
    /// The same for where a number is learned; null where there are none.
    const std::vector<Estimate> *estimates() const;
    /// The same for where samples have several labels; null where they haven't.
    const LabelTally *labels() const;
    /// True when confusion(), labels() or estimates() are of the test samples.
    bool confusionIsTest() const;
    /// The best epoch; null before the first was finished.
    const EpochDone *best() const;
    /// What the samples are called: "pictures", or "rows" of a table.
    std::string samplesWord() const { return facts.columns.empty() ? "pictures" : "rows"; }
    /// Of what confusion(), labels() or estimates() are: "the test pictures".
    std::string judgedSamples() const;
    /// Seconds in training passes and their samples.
    PassResult trainingTotal() const;
    std::string title() const;
};

} // namespace netloom
