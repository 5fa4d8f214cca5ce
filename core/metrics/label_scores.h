// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/class_scores.h"
#include "metrics/probability_table.h"
#include "metrics/sample_scores.h"

#include <span>
#include <string>
#include <vector>

namespace netloom {

/// From which probability on a label is said to be there, where nobody chose.
inline constexpr double kUsualThreshold = 0.5;

/// What was said of one label, over all samples: its 2×2 table.
struct LabelCounts {
    std::int64_t hits = 0;        ///< it is there, and said to be
    std::int64_t falseAlarms = 0; ///< it is not there, but said to be
    std::int64_t misses = 0;      ///< it is there, but not said to be
    std::int64_t rest = 0;        ///< it is not there, and not said to be

    void add(bool truth, bool said);
    friend bool operator==(const LabelCounts &, const LabelCounts &) = default;
};

/// What was said of samples that may have several labels each.
struct LabelTally {
    std::int64_t samples = 0;
    std::int64_t exact = 0; ///< samples of which every label is right
    std::vector<LabelCounts> labels;

    explicit LabelTally(std::int64_t labelCount = 0) : labels(std::size_t(labelCount)) {}
    bool empty() const { return labels.empty(); }
    friend bool operator==(const LabelTally &, const LabelTally &) = default;
};

/// What a tally says, as scikit-learn 1.2 defines it for multi-label data, with zero_division = 0.
struct LabelScores {
    double exactMatch = 0;   ///< the share of samples of which every label is right (accuracy_score of label sets)
    double hammingLoss = 0;  ///< the share of wrong answers among all, one for each label of each sample
    AveragedScores macro;    ///< the mean over the labels
    AveragedScores micro;    ///< over all answers together
    AveragedScores weighted; ///< the mean over the labels by how many samples have each
    friend bool operator==(const LabelScores &, const LabelScores &) = default;
};
LabelScores labelScores(const LabelTally &tally);
/// Precision, recall and F1 of every label; 0 where it is never there or never said to be. Missing names become numbers.
std::vector<ClassScore> scoresByLabel(const LabelTally &tally, const std::vector<std::string> &names);

/// The truth and the probabilities of every label for every sample.
class LabelAnswers {
public:
    /// @p expected: how many samples will come, about.
    explicit LabelAnswers(std::int64_t labelCount = 0, std::int64_t expected = 0);

    /// @p truth: 1 for each label that is there, else 0.
    void add(std::int64_t sample, std::span<const float> truth, std::span<const float> probabilities);

    std::int64_t labelCount() const { return m_probabilities.classes(); }
    const std::vector<std::int64_t> &samples() const { return m_samples; } ///< indices into the data
    bool truth(std::size_t row, std::int64_t label) const { return m_truth[row * std::size_t(labelCount()) + std::size_t(label)]; }
    float probability(std::size_t row, std::int64_t label) const { return m_probabilities.at(row, label); }
    std::vector<float> probabilities(std::size_t row) const { return m_probabilities.row(row); }

    /// How many labels of the sample are wrong, and how sure the network was of the surest of them: the probability that it gave its answer.
    struct Mistake {
        std::int64_t wrong = 0;
        float confidence = 0;
    };
    Mistake mistake(std::size_t row, double threshold = kUsualThreshold) const;
    LabelTally tally(double threshold = kUsualThreshold) const;
    /// Every sample's probability of @p label, and whether it is there.
    std::vector<ScoredTruth> scoredFor(std::int64_t label) const;

private:
    std::vector<std::int64_t> m_samples;
    std::vector<bool> m_truth; ///< samples × labels
    ProbabilityTable m_probabilities;
};

/// What the probabilities say, beyond the tally.
struct LabelProbabilityScores {
    std::vector<ClassRates> labels;
    double macroAuc = 0;              ///< means over the labels that have a value; NaN where none has
    double macroAveragePrecision = 0;
    Calibration calibration;          ///< of all probabilities
};
LabelProbabilityScores probabilityScores(const LabelAnswers &answers, const std::function<bool(std::int64_t, std::int64_t)> &goOn = {});

} // namespace netloom
