// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/class_scores.h"

#include <cmath>
#include <limits>

namespace netloom {

namespace {

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

struct Totals {
    std::vector<double> truths, answers, hits; ///< by class
    double samples = 0, correct = 0;

    explicit Totals(const ConfusionMatrix &confusion)
        : truths(std::size_t(confusion.classes)), answers(truths), hits(truths)
    {
        for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
            for (std::int64_t answer = 0; answer < confusion.classes; ++answer) {
                const auto count = double(confusion.at(truth, answer));
                truths[std::size_t(truth)] += count;
                answers[std::size_t(answer)] += count;
                samples += count;
            }
            hits[std::size_t(truth)] = double(confusion.at(truth, truth));
            correct += hits[std::size_t(truth)];
        }
    }
};

/// Gorodkin 2004, from the totals.
double mccOf(const Totals &totals)
{
    double both = 0, truths = 0, answers = 0;
    for (std::size_t label = 0; label < totals.truths.size(); ++label) {
        both += totals.truths[label] * totals.answers[label];
        truths += totals.truths[label] * totals.truths[label];
        answers += totals.answers[label] * totals.answers[label];
    }
    const double all = totals.samples * totals.samples;
    const double spread = (all - truths) * (all - answers);
    return spread > 0 ? (totals.correct * totals.samples - both) / std::sqrt(spread) : 0;
}

/// Cohen 1960.
double kappaOf(const Totals &totals)
{
    double chance = 0;
    for (std::size_t label = 0; label < totals.truths.size(); ++label)
        chance += totals.truths[label] * totals.answers[label];
    const double room = totals.samples * totals.samples - chance;
    return room > 0 ? (totals.correct * totals.samples - chance) / room : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

ClassScore classScore(std::int64_t hits, std::int64_t answers, std::int64_t truths)
{
    ClassScore score;
    score.precision = ratio(double(hits), double(answers));
    score.recall = ratio(double(hits), double(truths));
    score.f1 = ratio(2 * double(hits), double(answers + truths));
    score.support = truths;
    return score;
}

void AveragedScores::add(const ClassScore &score, double weight)
{
    precision += weight * score.precision;
    recall += weight * score.recall;
    f1 += weight * score.f1;
}

std::vector<ClassScore> classScores(const ConfusionMatrix &confusion, const std::vector<std::string> &names)
{
    const Totals totals(confusion);
    std::vector<ClassScore> scores;
    for (std::size_t label = 0; label < totals.truths.size(); ++label) {
        scores.push_back(classScore(std::int64_t(totals.hits[label]), std::int64_t(totals.answers[label]), std::int64_t(totals.truths[label])));
        scores.back().name = label < names.size() ? names[label] : std::to_string(label);
    }
    return scores;
}

ClassificationScores classificationScores(const ConfusionMatrix &confusion)
{
    const Totals totals(confusion);
    const auto classes = classScores(confusion, {});
    ClassificationScores scores;
    scores.samples = std::int64_t(totals.samples);
    scores.accuracy = ratio(totals.correct, totals.samples);
    scores.micro = {scores.accuracy, scores.accuracy, scores.accuracy};
    double occurring = 0;
    for (std::size_t label = 0; label < classes.size(); ++label)
        occurring += totals.truths[label] + totals.answers[label] > 0;
    for (std::size_t label = 0; label < classes.size(); ++label) {
        scores.macro.add(classes[label], ratio(1, occurring)); // those that don't occur have zeros
        scores.weighted.add(classes[label], ratio(totals.truths[label], totals.samples));
    }
    scores.kappa = kappaOf(totals);
    scores.mcc = mccOf(totals);
    return scores;
}

} // namespace netloom
