// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"

#include <string>
#include <vector>

namespace netloom {

/// A cell of a table as people read it.
struct RowCell {
    std::string text;     ///< the word, or the number as short as it is written
    double number = 0;    ///< to sort by; of words their place among the column's
    bool missing = false; ///< it is not in the file: what is here stands for it
};

/// Reads rows of a table as people do: a cell for each of its own columns, words as words, however the network gets them.
class RowReading {
public:
    /// @p source, a table, must outlive this.
    explicit RowReading(const DataSource &source);

    const std::vector<std::string> &columns() const { return m_names; }
    std::vector<RowCell> cells(std::int64_t sample) const;
    /// What is to be learned: the class, or the number in its own unit.
    RowCell target(std::int64_t sample) const;

private:
    struct Column {
        std::vector<std::string> categories;
        bool oneHot = false;
    };

    const DataSource &m_source;
    std::vector<std::string> m_names;
    std::vector<Column> m_columns;
};

} // namespace netloom
