// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace netloom {

/// One value for every axis: a number, or for a choice its index.
using SearchPoint = std::vector<double>;

/// One thing that a search varies, and between what.
struct SearchAxis {
    enum class Kind { Real, Whole, Choice };
    /// What a value is put into.
    enum class Target {
        Value,  ///< "conv1.out_channels", "block1.repeat", "recipe.lr": a parameter
        Switch, ///< "dropout1": the node or block is on, or bypassed
        Type,   ///< "act1.type": the node is of one of several types
        OneOf,  ///< "conv3x3|conv5x5": one of these nodes or blocks is on, the others are bypassed
    };

    std::string name; ///< unique among the axes; see Target
    Target target = Target::Value;
    Kind kind = Kind::Real;
    double low = 0;  ///< of numbers: both ends are allowed
    double high = 1;
    bool log = false;   ///< equal ratios are equally far
    double step = 1;    ///< of whole numbers: between neighbours
    int gridPoints = 4; ///< of numbers: how many values a grid has at most
    std::vector<std::string> choices; ///< as people write them

    static SearchAxis real(std::string name, double low, double high, bool log = false);
    static SearchAxis whole(std::string name, std::int64_t low, std::int64_t high, bool log = false, std::int64_t step = 1);
    static SearchAxis choice(std::string name, std::vector<std::string> choices);

    /// How many values there are; 0 for endlessly many.
    std::int64_t levels() const;
    /// Where @p value lies between 0 and 1; the middle of its share of the scale for whole numbers and choices.
    double toUnit(double value) const;
    /// The allowed value at @p unit, 0 to 1; each whole number and choice has an equal share (of the logarithms where log).
    double fromUnit(double unit) const;
    /// Half of the width, on the scale from 0 to 1, that @p value has; 0 for real numbers.
    double halfShare(double value) const;
    std::vector<double> gridValues() const;
    /// The value as people write it: "0.001", "64", "Adam". Real numbers have five digits, and are tried as they are written.
    std::string text(double value) const;

    friend bool operator==(const SearchAxis &, const SearchAxis &) = default;
};

} // namespace netloom
