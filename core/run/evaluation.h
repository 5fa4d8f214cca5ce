// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "metrics/class_scores.h"
#include "metrics/label_scores.h"
#include "metrics/sample_scores.h"
#include "run/finished_run.h"
#include "train/train_event.h"

#include <functional>

namespace netloom {

/// The number that a network gave for one sample, and the true one; in their own unit.
struct NumberAnswer {
    std::int64_t sample = 0; ///< index into the data
    Estimate estimate;
};

/// How well a run, or one of its heads, does on one split of some data.
struct Evaluation {
    Split split = Split::Test;
    std::string head = {};   ///< the loss whose answers are judged
    PassResult result;
    std::vector<std::string> classNames;
    std::string targetName;
    std::vector<std::string> unreadable;
    std::shared_ptr<const DataSource> source; ///< that was judged: names, pictures and rows of the samples

    ConfusionMatrix confusion = ConfusionMatrix(); ///< where classes are learned, as the next three
    SampleScores scores = SampleScores();
    ClassificationScores classification = {};
    ProbabilityScores probability = {};

    LabelAnswers labels = LabelAnswers();   ///< where samples have several labels, as the next three
    LabelTally tally = LabelTally();
    LabelScores labelScores = {};
    LabelProbabilityScores labelProbability = {};

    double threshold = kUsualThreshold; ///< from which probability on the second of two classes, or a label, is the answer

    std::vector<NumberAnswer> answers = {}; ///< where a number is learned, of all samples
    std::vector<Estimate> estimates = {};   ///< the same of some, at most kMostEstimates, for drawing

    bool learnsNumber() const { return result.numbers.has_value(); }
    bool severalLabels() const { return result.labels.has_value(); }
    std::string samplesWord() const { return source && source->facts().columns.empty() ? "pictures" : "rows"; }
};

/// Says how far the work is; false: it is to end.
using GoOn = std::function<bool(std::int64_t done, std::int64_t total)>;

/// What an evaluation that was ended gives as its error.
inline constexpr char kEvaluationEnded[] = "The evaluation was ended.";

/// Evaluates every head of a run, the main one first, on one split of its own data, or of the same kind of data at @p dataPath.
Result<std::vector<Evaluation>> evaluateHeads(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataPath = {}, const GoOn &goOn = {});
/// The main head alone.
Result<Evaluation> evaluateRun(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataPath = {}, const GoOn &goOn = {});

bool hasThreshold(const Evaluation &evaluation);
/// The same probabilities judged anew, where a threshold decides: with two classes, and with several labels.
Evaluation judgedAt(Evaluation evaluation, double threshold);

/// The most confident mistakes first: rows of evaluation.scores, or of evaluation.labels, at most @p most.
std::vector<std::size_t> confidentMistakes(const Evaluation &evaluation, std::size_t most);

/// The labels of a row of evaluation.labels: those that it has, or those that are said to be there.
std::vector<std::int32_t> trueLabels(const LabelAnswers &answers, std::size_t row);
std::vector<std::int32_t> saidLabels(const LabelAnswers &answers, std::size_t row, double threshold = kUsualThreshold);
/// "circle, star"; "none" for none.
std::string labelsText(const std::vector<std::int32_t> &labels, const std::vector<std::string> &names);

} // namespace netloom
