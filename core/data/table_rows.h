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
    std::string strangers; ///< opened as trained: a sentence about rows left out for a class that wasn't learned, or ""
};

/// Opens the table of a CSVTable with the parameters @p params: its rows lie in memory, one number a cell. With @p trained as a network
/// takes it that learned from a table of these facts: what its columns and classes are is settled there, whatever this table holds of them.
Result<TableLook> lookAtTable(const Params &params, const SourceFacts *trained = nullptr);

/// How a table is read for a network that learned from one of the facts @p trained: its columns and target are found by the header's names,
/// without a header by their place. The error names what is lacking.
Result<TablePlan> planTableAs(const TableScan &scan, const Params &params, const SourceFacts &trained);

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
