// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/row_reading.h"

#include "data/table_facts.h"

#include <algorithm>
#include <cstdio>

namespace netloom {

namespace {

/// Six digits: what a cell of 32 bits holds for sure.
std::string numberText(double number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", number);
    return text;
}

} // namespace

RowReading::RowReading(const DataSource &source) : m_source(source)
{
    for (TableColumn &column : columnsOf(source.facts().columns)) {
        m_names.push_back(std::move(column.name));
        m_columns.push_back({std::move(column.categories), column.oneHot});
    }
}

std::vector<RowCell> RowReading::cells(std::int64_t sample) const
{
    std::vector<float> values;
    m_source.readRow(sample, values);
    std::vector<RowCell> cells;
    auto value = values.begin();
    for (const Column &column : m_columns) {
        RowCell cell{{}, double(*value), false};
        if (column.oneHot) {
            const auto end = value + std::ssize(column.categories);
            cell.number = double(std::max_element(value, end) - value);
            value = end;
        } else {
            ++value;
        }
        const auto place = static_cast<std::size_t>(std::max(0.0, cell.number));
        cell.text = column.categories.empty() ? numberText(cell.number) : place < column.categories.size() ? column.categories[place] : std::string();
        cells.push_back(std::move(cell));
    }
    for (const std::size_t missing : m_source.missingCells(sample))
        cells.at(missing).missing = true;
    return cells;
}

RowCell RowReading::target(std::int64_t sample) const
{
    const SourceFacts &facts = m_source.facts();
    if (facts.learnsNumber)
        return {numberText(m_source.number(sample)), m_source.number(sample), false};
    const std::int64_t label = m_source.label(sample);
    return {facts.classNames.at(static_cast<std::size_t>(label)), static_cast<double>(label), false};
}

} // namespace netloom
