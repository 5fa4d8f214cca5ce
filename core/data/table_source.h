// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "data/table_facts.h"

namespace netloom {

/// All rows of a table, dealt out; either labels or numbers are there.
struct TableData {
    TableCells cells;
    std::vector<std::int64_t> labels;
    std::vector<double> numbers;
    std::vector<Split> splits;
    std::vector<std::int64_t> lines; ///< in the file; empty where there is none

    /// Adds what is found in the training rows, and the counts, to @p facts, whose classes are given.
    void addFacts(SourceFacts &facts) const;
    /// Names the columns that tell the target: whose categories or numbers and the classes go together one to one, or that are the
    /// number to be learned but for a factor. They make a network that only copies.
    std::vector<std::string> leakWarnings(const SourceFacts &facts) const;
};

/// A table in memory.
class TableSource final : public DataSource {
public:
    TableSource(TableData data, SourceFacts facts) : m_data(std::make_shared<TableData>(std::move(data))), m_facts(std::move(facts)) {}

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return m_data->cells.rows(); }
    bool inMemory() const override { return true; }
    Split split(std::int64_t sample) const override { return m_data->splits.at(static_cast<std::size_t>(sample)); }
    std::int64_t label(std::int64_t sample) const override;
    double number(std::int64_t sample) const override;
    /// "line 17" of a file, else "train #17".
    std::string name(std::int64_t sample) const override;
    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override;
    void readRow(std::int64_t sample, std::vector<float> &values) const override { m_data->cells.appendRow(sample, values, m_fills); }
    std::vector<std::size_t> missingCells(std::int64_t sample) const override;
    std::shared_ptr<DataSource> filledAs(const SourceFacts &trained) const override;

private:
    std::shared_ptr<const TableData> m_data; ///< shared with those that are filled in another way
    SourceFacts m_facts;
    std::vector<float> m_fills; ///< by column, in the place of the data's own; empty for those
};

} // namespace netloom
