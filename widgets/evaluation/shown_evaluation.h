// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QStringList>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace netloom {

/// One judged sample, with what it is known by to the data.
struct ShownSample {
    int sample = 0;        ///< index into the data
    int truth = -1;        ///< class
    int guess = -1;        ///< class
    float confidence = 0;  ///< the probability of the guess
    double number = 0;     ///< true, where a number is learned
    double predicted = 0;

    bool right() const { return truth == guess; }
    double error() const { return predicted - number; }
};

struct ShownFigure {
    QString name;
    QString text;
    QString help = {}; ///< what it tells
};

/// A class in the table. Shares from 0 to 1; NaN where they aren't defined.
struct ShownClass {
    QString name;
    double precision = 0, recall = 0, f1 = 0;
    double auc = std::numeric_limits<double>::quiet_NaN(), averagePrecision = std::numeric_limits<double>::quiet_NaN();
    std::int64_t support = 0;
    int takenFor = -1;
    std::int64_t takenCount = 0;
};

/// What changes when the threshold of two classes does.
struct ShownScores {
    std::vector<ShownFigure> figures;
    QString averages;                 ///< a line of means over the classes
    std::vector<std::int64_t> counts; ///< row-major, rows are the truth
    std::vector<ShownClass> classes;
    std::vector<ShownSample> samples;
    std::optional<QPointF> rocMark, precisionRecallMark; ///< where the threshold is on the curves
};

/// One curve by class.
struct ShownCurve {
    int label = 0;
    double area = 0;
    std::vector<QPointF> points;
};

struct ShownCalibration {
    struct Bin { double low, high; std::int64_t count; double confidence, accuracy; };
    std::vector<Bin> bins;
    double error = 0;
};

/// An evaluation as the view shows it, in plain values; what there are many of is asked for.
struct ShownEvaluation {
    QStringList classNames;          ///< empty where a number is learned
    QString numberName;
    bool learnsNumber = false;
    bool rows = false;               ///< the samples are a table's rows, not pictures
    ShownScores scores;
    std::vector<int> similarOrder;   ///< the classes, those next to each other that are taken for each other
    std::vector<ShownCurve> roc, precisionRecall;
    ShownCalibration calibration;
    QStringList columns;             ///< of a table
    QStringList unreadable;          ///< sentences
    std::function<QString(int sample)> nameOf;
    std::function<QStringList(int sample)> valuesOf;                 ///< of a table's row, one for each column
    std::function<std::vector<float>(int sample)> probabilitiesOf;   ///< by class

    bool binary() const { return classNames.size() == 2; }
    QString className(int label) const { return classNames.value(label, QString::number(label)); }
};

} // namespace netloom
