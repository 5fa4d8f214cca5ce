// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/csv_reader.h"
#include "graph/param.h"
#include "graph/result.h"

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace netloom {

/// What the cells of one column of a table are.
struct ColumnProfile {
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    std::string name;
    std::int64_t missing = 0;
    std::int64_t numbers = 0;
    std::int64_t words = 0;
    std::string firstWord;
    std::int64_t firstWordLine = 0;
    bool whole = true;       ///< all numbers are whole
    bool countsUp = true;    ///< every number is one more than the number before
    double last = 0;
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> cells; ///< different cells that aren't missing → how many there are
    bool many = false;       ///< there are more different ones than kMostDifferent, which `cells` doesn't hold

    std::int64_t filled() const { return numbers + words; }
};

/// Different cells that a column is counted to; more make no categories and no classes.
inline constexpr std::size_t kMostDifferent = 1000;

/// A table's text, and what one pass over it found.
struct TableScan {
    std::string file;
    std::string text; ///< UTF-8
    CsvFormat format;
    bool header = false;
    std::vector<ColumnProfile> columns;
    std::int64_t rows = 0;    ///< with as many cells as there are columns, the header aside
    std::int64_t ragged = 0;  ///< rows with another number of cells, which are left out
    std::int64_t raggedLine = 0;
    std::size_t raggedCells = 0;
    std::vector<std::vector<std::string>> head; ///< the first rows, as they are written

    /// The column of that name, else of that number from 1; columns.size() where there is none.
    std::size_t find(const std::string &nameOrNumber) const;
    /// Calls @p each for every row that isn't ragged.
    void eachRow(const std::function<void(const std::vector<std::string_view> &cells, std::int64_t line)> &each) const;
};

/// Reads and looks through the file of a CSVTable with the parameters @p params, which has @p leastColumns or more. The error names the
/// file, the cause and the mend.
Result<TableScan> scanTable(const Params &params, std::size_t leastColumns = 2);

} // namespace netloom
