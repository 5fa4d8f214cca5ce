// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/sample_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

constexpr float kEpsilon = std::numeric_limits<float>::epsilon();

} // namespace

double meanOf(const std::vector<ClassRates> &rates, double ClassRates::*value)
{
    double sum = 0;
    int count = 0;
    for (const ClassRates &rate : rates) {
        if (std::isnan(rate.*value))
            continue;
        sum += rate.*value;
        ++count;
    }
    return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

SampleScores::SampleScores(std::int64_t classes, std::int64_t expected, std::int64_t mostExact) : m_probabilities(classes, expected, mostExact)
{
    m_samples.reserve(std::size_t(expected));
}

void SampleScores::add(std::int64_t sample, std::int64_t truth, std::span<const float> probabilities)
{
    const auto best = std::ranges::max_element(probabilities);
    const float right = probabilities[std::size_t(truth)];
    std::int32_t rank = 0;
    double sum = 0;
    for (std::size_t label = 0; label < probabilities.size(); ++label) {
        rank += probabilities[label] > right || (probabilities[label] == right && std::int64_t(label) < truth);
        sum += std::clamp(probabilities[label], kEpsilon, 1 - kEpsilon);
    }
    m_logLossSum -= std::log(std::clamp(right, kEpsilon, 1 - kEpsilon) / sum);
    m_samples.push_back({sample, std::int32_t(truth), std::int32_t(best - probabilities.begin()), rank, *best, right});
    m_probabilities.add(probabilities);
}

double SampleScores::topAccuracy(std::int64_t k) const
{
    if (m_samples.empty())
        return 0;
    return double(std::ranges::count_if(m_samples, [&](const JudgedSample &one) { return one.rank < k; })) / double(m_samples.size());
}

double SampleScores::logLoss() const
{
    return m_samples.empty() ? 0 : m_logLossSum / double(m_samples.size());
}

std::vector<ScoredTruth> SampleScores::scoredFor(std::int64_t label) const
{
    std::vector<ScoredTruth> scored;
    scored.reserve(m_samples.size());
    for (std::size_t row = 0; row < m_samples.size(); ++row)
        scored.push_back({probability(row, label), m_samples[row].truth == label});
    return scored;
}

std::vector<ScoredTruth> SampleScores::confidences() const
{
    std::vector<ScoredTruth> scored;
    for (const JudgedSample &one : m_samples)
        scored.push_back({one.confidence, one.right()});
    return scored;
}

ConfusionMatrix SampleScores::confusion() const
{
    ConfusionMatrix confusion(classes());
    for (const JudgedSample &one : m_samples)
        confusion.add(one.truth, one.guess);
    return confusion;
}

SampleScores SampleScores::guessedAt(double threshold) const
{
    SampleScores scores = *this;
    for (std::size_t row = 0; row < m_samples.size(); ++row) {
        scores.m_samples[row].guess = probability(row, 1) >= threshold;
        scores.m_samples[row].confidence = probability(row, scores.m_samples[row].guess);
    }
    return scores;
}

ProbabilityScores probabilityScores(const SampleScores &scores, const std::function<bool(std::int64_t, std::int64_t)> &goOn)
{
    ProbabilityScores found;
    found.logLoss = scores.logLoss();
    found.k = scores.classes() > 5 ? 5 : scores.classes() > 2 ? 2 : 0;
    found.topAccuracy = scores.topAccuracy(found.k);
    found.calibration = calibrationOf(scores.confidences());
    for (std::int64_t label = 0; label < scores.classes() && (!goOn || goOn(label, scores.classes())); ++label) {
        const std::vector<ScoredTruth> scored = scores.scoredFor(label);
        found.classes.push_back({rocCurve(scored).area, precisionRecallCurve(scored).area});
    }
    found.macroAuc = meanOf(found.classes, &ClassRates::auc);
    found.macroAveragePrecision = meanOf(found.classes, &ClassRates::averagePrecision);
    return found;
}

} // namespace netloom
