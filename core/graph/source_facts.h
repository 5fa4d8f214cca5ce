// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/shape.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

/// One number of a table's row that the network learns from, as found in its training rows.
struct ColumnFacts {
    std::string name;   ///< "age"; "sex = male" of one category that has a number of its own
    std::string column; ///< the file's: "sex"
    std::string word;   ///< the category whose number this is, 1 in its rows and 0 in others (one-hot); "" for other numbers
    std::vector<std::string> categories; ///< of a column of words, which goes in as their index here; empty for numbers
    double mean = 0;
    double deviation = 1; ///< the standard deviation, dividing by the count; 1 where all rows are equal
    double min = 0;
    double max = 0;
    double fill = 0; ///< stands for a missing cell

    bool indicator() const { return !word.empty(); }
    friend bool operator==(const ColumnFacts &, const ColumnFacts &) = default;
};

/// How a number to be learned is scaled for the network: learned is (number - mean) / deviation, both of the training rows.
struct NumberScale {
    double mean = 0;
    double deviation = 1;

    double scaled(double number) const { return (number - mean) / deviation; }
    /// The number in its own unit again.
    double number(double scaled) const { return mean + scaled * deviation; }
};

/// What a look at the data found out; nothing is known before a look, and the graph can be edited all the same.
struct SourceFacts {
    bool known = false;
    std::int64_t channels = Shape::kUnknown;
    std::int64_t height = Shape::kUnknown; ///< px; kUnknown where pictures differ
    std::int64_t width = Shape::kUnknown;  ///< px
    std::vector<std::string> classNames;   ///< index = class label
    std::map<std::string, std::vector<std::int64_t>> counts; ///< split ("train", "val", "test") → samples per class; where a number is learned, one count
    bool severalLabels = false;            ///< a sample may have any number of the classes, which are its labels: none, one or more
    std::map<std::string, std::int64_t> samples; ///< split → samples, where severalLabels: there the counts add up to something else
    std::vector<ColumnFacts> columns;      ///< of a table, in the order of a sample's numbers; empty for pictures
    std::string targetName;                ///< the column to be learned; "" for pictures
    bool learnsNumber = false;             ///< regression: there are no classes, the target is a number
    double targetMean = 0;                 ///< of the training rows; learned is (number - targetMean) / targetDeviation
    double targetDeviation = 1;
    std::int64_t excluded = 0;             ///< samples that people left out: they are in none of the counts
    std::string problem;                   ///< why the data couldn't be opened, naming the source node, cause and mend; "" when it could
    std::vector<std::string> warnings;     ///< sentences: what was left out or looks odd, and how to mend it

    std::int64_t classCount() const { return static_cast<std::int64_t>(classNames.size()); }
    /// What the last layer gives for each sample, and the keyword "classes" stands for: a score for each class, or the one number.
    std::int64_t outputCount() const { return learnsNumber ? 1 : classCount(); }
    /// Nothing where classes are learned.
    std::optional<NumberScale> numberScale() const
    {
        return learnsNumber ? std::optional(NumberScale{targetMean, targetDeviation}) : std::nullopt;
    }
    std::int64_t total(const std::string &split) const;
    friend bool operator==(const SourceFacts &, const SourceFacts &) = default;
};

} // namespace netloom
