// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/table_scan.h"

#include <optional>

namespace netloom {

enum class ColumnRole { Number, Category, Target, LeftOut, SplitColumn };

/// What is made of one column.
struct PlannedColumn {
    ColumnRole role = ColumnRole::Number;
    std::vector<std::string> categories; ///< sorted; of categories, and of a target of classes
    std::string reason;                  ///< why it is left out, where nobody asked for it: "holds 305 different words"
};

/// What a CSVTable takes from its file: found in the cells, unless the parameters say otherwise.
struct TablePlan {
    std::vector<PlannedColumn> columns; ///< as many as the scan has
    std::size_t target = 0;
    bool learnsNumber = false;
    std::vector<std::size_t> inputs;    ///< columns to learn from, in their order; empty for that of the file
    std::size_t splitColumn = 0;        ///< the number of columns where there is none
    std::vector<std::string> warnings;  ///< sentences
};

/// The error names a column that doesn't exist, or says why the target can't be learned.
Result<TablePlan> planTable(const TableScan &scan, const Params &params);

/// Marks the column that tells the split: the one that the parameter names, else with split auto one called "split" that holds nothing
/// else. The target is known. The error says why the named one can't.
std::optional<Error> chooseSplitColumn(const TableScan &scan, const Params &params, TablePlan &plan);

/// Finds a cell among the categories of a column: by its number where all of them are numbers, else by its words. -1: not among them.
class CategoryFinder {
public:
    explicit CategoryFinder(const std::vector<std::string> &categories);
    int indexOf(std::string_view cell, bool decimalComma) const;

private:
    bool m_numbers = true;
    std::map<double, int> m_byNumber;
    std::map<std::string, int, std::less<>> m_byWord;
};

} // namespace netloom
