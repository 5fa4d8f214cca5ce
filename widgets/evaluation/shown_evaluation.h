// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QStringList>

#include <array>
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
    float confidence = 0;  ///< the probability of the guess; with several labels of the surest one that is wrong
    int wrong = 0;         ///< how many labels are, where there may be several
    double number = 0;     ///< true, where a number is learned
    double predicted = 0;

    bool right() const { return truth == guess && wrong == 0; }
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

/// What can be said of a label that is there or not.
enum class LabelCell { Hits, FalseAlarms, Misses, Rest };

/// One of several labels in the table, with its 2×2 counts by LabelCell. Shares as in ShownClass.
struct ShownLabel {
    QString name;
    std::array<std::int64_t, 4> counts{};
    double precision = 0, recall = 0, f1 = 0;
    double auc = std::numeric_limits<double>::quiet_NaN(), averagePrecision = std::numeric_limits<double>::quiet_NaN();
};

/// What changes when the threshold of two classes, or of labels, does.
struct ShownScores {
    std::vector<ShownFigure> figures;
    QString averages;                 ///< a line of means over the classes
    std::vector<std::int64_t> counts; ///< row-major, rows are the truth
    std::vector<ShownClass> classes;
    std::vector<ShownLabel> labels;   ///< in the place of counts and classes, where a sample may have several
    double threshold = 0.5;           ///< from which probability on a label is said to be there, or the second of two classes is the guess
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
    bool severalLabels = false;      ///< a sample may have any number of the classes
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
    std::function<bool(int place, int label)> hasLabel;              ///< of several, by the place among the samples
    std::function<float(int place, int label)> probabilityOf;        ///< the same

    bool binary() const { return classNames.size() == 2 && !severalLabels; }
    QString className(int label) const { return classNames.value(label, QString::number(label)); }
    bool saysLabel(int place, int label) const { return double(probabilityOf(place, label)) >= scores.threshold; }
    LabelCell cellOf(int place, int label) const
    {
        const bool has = hasLabel(place, label), said = saysLabel(place, label);
        return has ? said ? LabelCell::Hits : LabelCell::Misses : said ? LabelCell::FalseAlarms : LabelCell::Rest;
    }
    /// The labels of the sample at @p place: those that it has, or those that are said to be there; empty for none.
    QStringList labelsAt(int place, bool said) const
    {
        QStringList names;
        for (int label = 0; label < int(classNames.size()); ++label) {
            if (said ? saysLabel(place, label) : hasLabel(place, label))
                names << classNames[label];
        }
        return names;
    }
};

} // namespace netloom
