// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/label_scores.h"

#include <algorithm>

namespace netloom {

namespace {

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

ClassScore scoreOf(const LabelCounts &counts)
{
    return classScore(counts.hits, counts.hits + counts.falseAlarms, counts.hits + counts.misses);
}

} // namespace

void LabelCounts::add(bool truth, bool said)
{
    ++(truth ? said ? hits : misses : said ? falseAlarms : rest);
}

LabelScores labelScores(const LabelTally &tally)
{
    LabelCounts all;
    for (const LabelCounts &counts : tally.labels) {
        all.hits += counts.hits;
        all.falseAlarms += counts.falseAlarms;
        all.misses += counts.misses;
        all.rest += counts.rest;
    }
    LabelScores scores;
    scores.exactMatch = ratio(double(tally.exact), double(tally.samples));
    scores.hammingLoss = ratio(double(all.falseAlarms + all.misses), double(all.hits + all.falseAlarms + all.misses + all.rest));
    scores.micro.add(scoreOf(all), 1);
    for (const LabelCounts &counts : tally.labels) {
        const ClassScore score = scoreOf(counts);
        scores.macro.add(score, 1 / double(tally.labels.size()));
        scores.weighted.add(score, ratio(double(score.support), double(all.hits + all.misses)));
    }
    return scores;
}

std::vector<ClassScore> scoresByLabel(const LabelTally &tally, const std::vector<std::string> &names)
{
    std::vector<ClassScore> scores;
    for (const LabelCounts &counts : tally.labels) {
        scores.push_back(scoreOf(counts));
        scores.back().name = scores.size() <= names.size() ? names[scores.size() - 1] : std::to_string(scores.size() - 1);
    }
    return scores;
}

LabelAnswers::LabelAnswers(std::int64_t labelCount, std::int64_t expected) : m_probabilities(labelCount, expected)
{
    m_samples.reserve(std::size_t(expected));
    m_truth.reserve(std::size_t(labelCount * expected));
}

void LabelAnswers::add(std::int64_t sample, std::span<const float> truth, std::span<const float> probabilities)
{
    m_samples.push_back(sample);
    for (const float mark : truth)
        m_truth.push_back(mark > 0.5f);
    m_probabilities.add(probabilities);
}

LabelAnswers::Mistake LabelAnswers::mistake(std::size_t row, double threshold) const
{
    Mistake mistake;
    for (std::int64_t label = 0; label < labelCount(); ++label) {
        const float said = probability(row, label);
        const bool positive = said >= threshold;
        if (positive == truth(row, label))
            continue;
        ++mistake.wrong;
        mistake.confidence = std::max(mistake.confidence, positive ? said : 1 - said);
    }
    return mistake;
}

LabelTally LabelAnswers::tally(double threshold) const
{
    LabelTally tally(labelCount());
    tally.samples = std::int64_t(m_samples.size());
    for (std::size_t row = 0; row < m_samples.size(); ++row) {
        bool exact = true;
        for (std::int64_t label = 0; label < labelCount(); ++label) {
            const bool said = probability(row, label) >= threshold;
            tally.labels[std::size_t(label)].add(truth(row, label), said);
            exact &= said == truth(row, label);
        }
        tally.exact += exact;
    }
    return tally;
}

std::vector<ScoredTruth> LabelAnswers::scoredFor(std::int64_t label) const
{
    std::vector<ScoredTruth> scored;
    scored.reserve(m_samples.size());
    for (std::size_t row = 0; row < m_samples.size(); ++row)
        scored.push_back({probability(row, label), truth(row, label)});
    return scored;
}

LabelProbabilityScores probabilityScores(const LabelAnswers &answers, const std::function<bool(std::int64_t, std::int64_t)> &goOn)
{
    LabelProbabilityScores found;
    std::vector<ScoredTruth> all;
    for (std::int64_t label = 0; label < answers.labelCount() && (!goOn || goOn(label, answers.labelCount())); ++label) {
        const std::vector<ScoredTruth> scored = answers.scoredFor(label);
        found.labels.push_back({rocCurve(scored).area, precisionRecallCurve(scored).area});
        all.insert(all.end(), scored.begin(), scored.end());
    }
    found.calibration = calibrationOf(all);
    found.macroAuc = meanOf(found.labels, &ClassRates::auc);
    found.macroAveragePrecision = meanOf(found.labels, &ClassRates::averagePrecision);
    return found;
}

} // namespace netloom
