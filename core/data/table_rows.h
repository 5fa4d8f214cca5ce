// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "data/table_plan.h"

#include <memory>

namespace netloom {

/// A look at a table: what a dialog shows, and the data behind it.
struct TableLook {
    TableScan scan; ///< without its text
    TablePlan plan;
    std::shared_ptr<DataSource> source;
};

/// Opens the table of a CSVTable with the parameters @p params: its rows lie in memory, one number a cell.
Result<TableLook> lookAtTable(const Params &params);

/// Rows of a file that a trained network is to answer, prepared as the training's were.
struct TableRows {
    std::vector<float> values;        ///< rows × facts.columns
    std::vector<std::int64_t> lines;  ///< in the file, of each row
    std::vector<std::string> lacking; ///< sentences: rows left out, with their line and what they lack
};

/// Reads the rows of @p file as @p params and @p facts say, which the training left: columns are found by the header's names, and where
/// there is no header by their place; the target's column may be there or not. Words that the training didn't have count as missing.
Result<TableRows> readTableRows(const std::string &file, const Params &params, const SourceFacts &facts);

} // namespace netloom
