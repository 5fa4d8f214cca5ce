// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/table_plan.h"
#include "graph/source_facts.h"
#include "graph/split.h"

#include <span>

namespace netloom {

/// A column that the network learns from.
struct TableColumn {
    std::string name;
    std::vector<std::string> categories; ///< of a column of words
    bool oneHot = false;                 ///< a number for each category, else the category's index
    float fill = 0;                      ///< what stands for a missing cell
};

/// The inputs of a table in memory, one number a cell: a category is its index, a missing cell NaN until fill().
struct TableCells {
    std::vector<TableColumn> columns;
    std::vector<float> values; ///< rows × columns
    std::vector<std::uint32_t> filled; ///< where in the values fill() put something, rising

    std::int64_t rows() const { return columns.empty() ? 0 : static_cast<std::int64_t>(values.size() / columns.size()); }
    /// Fills missing cells with what @p policy ("mean", "median", "most frequent") finds in the training rows; categories, and anything
    /// where the policy is "drop", with the most frequent.
    void fill(const std::string &policy, const std::vector<Split> &splits);
    /// A row as the network gets it. @p fills, one for each column, stand in the place of what fill() found.
    void appendRow(std::int64_t row, std::vector<float> &numbers, std::span<const float> fills = {}) const;
};

/// A cell as a number: NaN where it is missing or unknown.
float cellValue(std::string_view cell, const TableColumn &column, const CategoryFinder &finder, bool decimalComma);

/// The columns that columnFacts() tells of.
std::vector<TableColumn> columnsOf(const std::vector<ColumnFacts> &facts);

/// Statistics over the training rows, one for each number of a row.
std::vector<ColumnFacts> columnFacts(const TableCells &cells, const std::vector<Split> &splits);

} // namespace netloom
