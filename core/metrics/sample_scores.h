// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/confusion_matrix.h"
#include "metrics/probability_table.h"
#include "metrics/rate_curve.h"

#include <functional>
#include <span>

namespace netloom {

/// What a network said about one sample.
struct JudgedSample {
    std::int64_t sample = 0; ///< index into the data
    std::int32_t truth = 0;
    std::int32_t guess = 0;  ///< the class that it takes it for
    std::int32_t rank = 0;   ///< how many classes come before the true one
    float confidence = 0;    ///< the probability of the guess
    float truthProbability = 0;

    bool right() const { return guess == truth; }
};

/// What a network said about every sample, with the probabilities of every class.
class SampleScores {
public:
    /// @p expected: how many samples will come, about.
    explicit SampleScores(std::int64_t classes = 0, std::int64_t expected = 0, std::int64_t mostExact = ProbabilityTable::kMostExact);

    /// Of equally probable classes the first is the guess, and comes before the others.
    void add(std::int64_t sample, std::int64_t truth, std::span<const float> probabilities);

    std::int64_t classes() const { return m_probabilities.classes(); }
    const std::vector<JudgedSample> &samples() const { return m_samples; }
    float probability(std::size_t row, std::int64_t label) const { return m_probabilities.at(row, label); }
    std::vector<float> probabilities(std::size_t row) const { return m_probabilities.row(row); }

    /// The share of samples whose true class is among the @p k most probable.
    double topAccuracy(std::int64_t k) const;
    /// The mean of -ln of the probability of the true class, which counts as 1.2e-7 at least, as scikit-learn has it for 32 bits.
    double logLoss() const;
    /// Every sample's probability of @p label, and whether that is its class.
    std::vector<ScoredTruth> scoredFor(std::int64_t label) const;
    /// Every sample's confidence, and whether its guess is right.
    std::vector<ScoredTruth> confidences() const;
    ConfusionMatrix confusion() const;
    /// Of two classes: the same samples, the second guessed from the probability @p threshold on.
    SampleScores guessedAt(double threshold) const;

private:
    std::vector<JudgedSample> m_samples;
    ProbabilityTable m_probabilities;
    double m_logLossSum = 0;
};

/// How well the probabilities tell one class from the others; NaN where it or the others don't occur.
struct ClassRates {
    double auc = 0;              ///< the area under the ROC curve
    double averagePrecision = 0;
};

/// The mean of @p value over the classes that have one; NaN where none has.
double meanOf(const std::vector<ClassRates> &rates, double ClassRates::*value);

/// What the probabilities say, beyond the confusion matrix. Means over the classes are of those that have a value; NaN where none has.
struct ProbabilityScores {
    double logLoss = 0;
    std::int64_t k = 0;      ///< of topAccuracy: 5, with few classes 2, and 0 for two classes, where it says nothing
    double topAccuracy = 0;
    double macroAuc = 0;     ///< one class against the rest
    double macroAveragePrecision = 0;
    std::vector<ClassRates> classes;
    Calibration calibration; ///< of the confidences
};
/// @p goOn gets how many classes of all are done; false ends it early.
ProbabilityScores probabilityScores(const SampleScores &scores, const std::function<bool(std::int64_t, std::int64_t)> &goOn = {});

} // namespace netloom
