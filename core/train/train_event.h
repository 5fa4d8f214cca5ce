// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/ids.h"
#include "graph/split.h"
#include "metrics/confusion_matrix.h"
#include "metrics/label_scores.h"
#include "metrics/number_scores.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace netloom {

/// So many samples at most go with an event for the plot of predicted against true numbers.
inline constexpr std::size_t kMostEstimates = 500;

/// What one pass over one split gave.
struct PassResult {
    std::int64_t samples = 0;
    double loss = 0;      ///< mean over the samples
    double accuracy = 0;  ///< 0..1; 0 where a number is learned; with several labels the share of samples of which all are right
    double seconds = 0;
    std::optional<NumberScores> numbers = {}; ///< where a number is learned
    std::optional<LabelScores> labels = {};   ///< where samples have several labels
    double imagesPerSecond() const { return seconds > 0 ? double(samples) / seconds : 0; }
};

/// The weights of the first convolution: count filters of channels×height×width, in one block.
struct FilterSnapshot {
    std::string layer; ///< the node's name
    std::int64_t count = 0, channels = 0, height = 0, width = 0;
    std::vector<float> values;
};

/// What the recipe's rules did to the last steps.
struct StepFigures {
    double gradientNorm = 0;         ///< the length of all gradients together, before it is clipped
    std::optional<double> clipped;   ///< 0..1: of the steps since the last report (clip by norm), or of the numbers (by value)
    std::optional<double> penalty;   ///< what L1 and L2 would add to the loss
    std::optional<double> atMaxNorm; ///< 0..1: of the units, those whose weights are as long as max_norm allows
};

struct TrainStarted {
    std::string device;  ///< "cpu", "cuda:0 NVIDIA H100"
    int threads = 0;
    std::string memoryFormat; ///< PyTorch's name: "channels_last" or "contiguous_format"; with seed and threads it settles the losses
    std::int64_t parameters = 0;
    std::int64_t trainSamples = 0, valSamples = 0, testSamples = 0;
    std::int64_t epochs = 0, batchesPerEpoch = 0;
    std::vector<std::string> classNames;
    std::optional<std::string> number = {}; ///< the name of the number to be learned; nothing where classes are
    std::string startWeights = {}; ///< "12 of 14 tensors taken, ...": what of start_from's weights fitted; "" where training starts from random ones
    bool rows = false; ///< the samples are a table's rows, not pictures
    bool severalLabels = false; ///< the classes are labels, of which a sample may have any number
};

/// How one of several heads does.
struct HeadResult {
    std::string name; ///< of the loss
    PassResult result;
};

/// Sent after batches; several merge into the newest when nobody reads.
struct BatchDone {
    std::int64_t epoch = 0;   ///< from 1
    std::int64_t batch = 0;   ///< from 1, inside the pass
    std::int64_t batches = 0; ///< in the pass
    Split split = Split::Train;
    double loss = 0;          ///< mean since the pass began
    double accuracy = 0;
    double imagesPerSecond = 0;
    double secondsLeft = 0;   ///< until the end of training, estimated
    std::optional<NumberScores> numbers = {}; ///< where a number is learned
    double lr = 0;            ///< learning rate of the last step
    std::optional<StepFigures> step = {}; ///< while training, twice a second
};

struct EpochDone {
    std::int64_t epoch = 0; ///< from 1
    PassResult train;
    std::optional<PassResult> val; ///< nothing when there are no validation samples
    ConfusionMatrix confusion;     ///< on the validation samples, or on the training ones where there are none
    bool best = false;             ///< these weights are the best so far and kept
    std::vector<Estimate> estimates = {}; ///< of the same, where a number is learned; the same samples after every epoch
    double lr = 0;                        ///< learning rate of the epoch's last step
    std::int64_t waited = 0;              ///< with early stopping: epochs since the last improvement
    std::int64_t averaged = 0;            ///< with EMA or SWA: how many weights the validated average is made of
    LabelTally labels = LabelTally();     ///< in the confusion matrix' place where samples have several labels
};

/// After TrainStarted, where a training is taken up that had been cut off.
struct TrainResumed {
    std::int64_t epoch = 0; ///< that it goes on in, from 1
    std::int64_t batch = 0; ///< of that epoch, so many were done
    bool dataChanged = false; ///< since the run began; filled in by the run
    std::vector<EpochDone> epochs = {}; ///< that were done before; filled in by the run, which keeps them
};

/// The learning rate was changed by hand, from the next step on.
struct LearningRateChanged {
    double lr = 0;
    std::int64_t epoch = 0; ///< in which, from 1
    std::int64_t batch = 0; ///< after so many of its batches
    friend bool operator==(const LearningRateChanged &, const LearningRateChanged &) = default;
};

struct FiltersChanged { FilterSnapshot filters; };
struct TrainPaused {
    bool paused = true;
    std::string reason = {}; ///< where it paused by itself: what is wrong and how to mend it
};

/// The end: stopped by hand or done; the test pass ran on the best weights where there are test samples.
struct TrainFinished {
    bool stopped = false;
    bool stoppedEarly = false; ///< by early stopping
    std::int64_t bestEpoch = 0; ///< 0 when no epoch was finished
    std::optional<PassResult> test;
    ConfusionMatrix confusion;  ///< on the test samples
    std::vector<std::string> unreadable;
    std::vector<Estimate> estimates = {}; ///< on the test samples, where a number is learned
    LabelTally labels = LabelTally();     ///< the same where samples have several labels
    std::vector<HeadResult> heads = {};   ///< the same for each head, the main one first, where there are several
};

/// The end, with a sentence for people: what, where, how to mend it.
struct TrainFailed {
    NodeId node; ///< invalid when it isn't one node's fault
    std::string text;
    bool dataChanged = false; ///< since the run that was to be resumed began; it goes on all the same where that is wanted
};

/// Plain numbers and small pictures, no tensors: safe to hand to any thread.
using TrainEvent = std::variant<TrainStarted, TrainResumed, BatchDone, EpochDone, LearningRateChanged, FiltersChanged, TrainPaused, TrainFinished, TrainFailed>;

} // namespace netloom
