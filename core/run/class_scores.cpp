// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/training_run.h"

namespace netloom {

namespace {

double ratio(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? double(part) / double(whole) : 0.0;
}

} // namespace

std::vector<ClassScore> classScores(const ConfusionMatrix &confusion, const std::vector<std::string> &names)
{
    std::vector<ClassScore> scores;
    for (std::int64_t label = 0; label < confusion.classes; ++label) {
        std::int64_t support = 0;
        std::int64_t predicted = 0;
        for (std::int64_t other = 0; other < confusion.classes; ++other) {
            support += confusion.at(label, other);
            predicted += confusion.at(other, label);
        }
        const auto index = static_cast<std::size_t>(label);
        ClassScore score;
        score.name = index < names.size() ? names[index] : std::to_string(label);
        score.precision = ratio(confusion.at(label, label), predicted);
        score.recall = ratio(confusion.at(label, label), support);
        const double sum = score.precision + score.recall;
        score.f1 = sum > 0 ? 2 * score.precision * score.recall / sum : 0.0;
        score.support = support;
        scores.push_back(std::move(score));
    }
    return scores;
}

} // namespace netloom
