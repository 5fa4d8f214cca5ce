// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/confusion_matrix.h"

#include <string>

namespace netloom {

struct ClassScore {
    std::string name;
    double precision = 0, recall = 0, f1 = 0;
    std::int64_t support = 0;
};
/// Of a class that @p truths samples have and that @p answers name, @p hits of them rightly; without a name.
ClassScore classScore(std::int64_t hits, std::int64_t answers, std::int64_t truths);
/// Precision, recall and F1 of every class; 0 where a class never occurs or is never predicted. Missing names become numbers.
std::vector<ClassScore> classScores(const ConfusionMatrix &confusion, const std::vector<std::string> &names);

struct AveragedScores {
    double precision = 0, recall = 0, f1 = 0;

    void add(const ClassScore &score, double weight);
    friend bool operator==(const AveragedScores &, const AveragedScores &) = default;
};

/// What a confusion matrix says as a whole, as scikit-learn 1.2 defines it.
struct ClassificationScores {
    std::int64_t samples = 0;
    double accuracy = 0;
    AveragedScores macro;    ///< the mean over the classes that occur as truth or as answer
    AveragedScores micro;    ///< over all samples, which is the accuracy where every sample has one class
    AveragedScores weighted; ///< the mean over the classes by how many samples each has
    double kappa = 0; ///< Cohen's: agreement beyond chance, 1 is perfect, 0 chance; NaN where one class is all there is
    double mcc = 0;   ///< Matthews' correlation coefficient, -1 to 1; 0 where truth or answers are of one class
};
ClassificationScores classificationScores(const ConfusionMatrix &confusion);

/// The classes in an order that puts those next to each other that are taken for each other: average linkage on the shares of the rows,
/// as scipy.cluster.hierarchy's linkage() and leaves_list() give it.
std::vector<std::int64_t> similarityOrder(const ConfusionMatrix &confusion);

} // namespace netloom
