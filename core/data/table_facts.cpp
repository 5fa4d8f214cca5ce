// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_facts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

/// The numbers of one column in the training rows, missing ones left out.
std::vector<float> trainingValues(const TableCells &cells, std::size_t column, const std::vector<Split> &splits)
{
    std::vector<float> values;
    for (std::size_t row = 0; row < splits.size(); ++row) {
        const float value = cells.values[row * cells.columns.size() + column];
        if (splits[row] == Split::Train && !std::isnan(value))
            values.push_back(value);
    }
    return values;
}

float meanOf(const std::vector<float> &values)
{
    double sum = 0;
    for (const float value : values)
        sum += value;
    return static_cast<float>(sum / double(values.size()));
}

/// Of an even count the mean of the two in the middle.
float medianOf(std::vector<float> &values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

/// Of several as frequent the smallest.
float mostFrequentOf(std::vector<float> &values)
{
    std::ranges::sort(values);
    float best = values.front();
    std::ptrdiff_t most = 0;
    for (auto first = values.begin(); first != values.end();) {
        const auto last = std::upper_bound(first, values.end(), *first);
        if (last - first > most) {
            most = last - first;
            best = *first;
        }
        first = last;
    }
    return best;
}

float fillOf(std::vector<float> values, const std::string &policy, bool words)
{
    if (values.empty())
        return 0;
    if (words || policy == "most frequent" || policy == "drop")
        return mostFrequentOf(values);
    return policy == "median" ? medianOf(values) : meanOf(values);
}

/// Adds up what is known of one column's numbers.
class Statistics {
public:
    void add(double value)
    {
        ++m_count;
        const double off = value - m_mean;
        m_mean += off / double(m_count); // Welford 1962
        m_squares += off * (value - m_mean);
        m_min = std::min(m_min, value);
        m_max = std::max(m_max, value);
    }
    void writeTo(ColumnFacts &facts) const
    {
        if (m_count == 0)
            return;
        const double deviation = std::sqrt(m_squares / double(m_count));
        facts.mean = m_mean;
        facts.deviation = deviation > 1e-12 * std::max(1.0, std::abs(m_mean)) ? deviation : 1;
        facts.min = m_min;
        facts.max = m_max;
    }

private:
    std::int64_t m_count = 0;
    double m_mean = 0;
    double m_squares = 0;
    double m_min = std::numeric_limits<double>::infinity();
    double m_max = -std::numeric_limits<double>::infinity();
};

} // namespace

void TableCells::fill(const std::string &policy, const std::vector<Split> &splits)
{
    for (std::size_t column = 0; column < columns.size(); ++column)
        columns[column].fill = fillOf(trainingValues(*this, column, splits), policy, !columns[column].categories.empty());
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (!std::isnan(values[at]))
            continue;
        values[at] = columns[at % columns.size()].fill;
        filled.push_back(static_cast<std::uint32_t>(at));
    }
}

void TableCells::appendRow(std::int64_t row, std::vector<float> &numbers, std::span<const float> fills) const
{
    std::size_t at = static_cast<std::size_t>(row) * columns.size();
    auto missing = fills.empty() ? filled.end() : std::ranges::lower_bound(filled, at);
    for (std::size_t index = 0; index < columns.size(); ++index, ++at) {
        const bool isMissing = missing != filled.end() && *missing == at;
        const float value = isMissing ? fills[index] : values[at];
        if (isMissing)
            ++missing;
        const TableColumn &column = columns[index];
        if (column.oneHot) {
            numbers.resize(numbers.size() + column.categories.size(), 0.0f);
            numbers[numbers.size() - column.categories.size() + static_cast<std::size_t>(value)] = 1.0f;
        } else {
            numbers.push_back(value);
        }
    }
}

std::vector<TableColumn> columnsOf(const std::vector<ColumnFacts> &facts)
{
    std::vector<TableColumn> columns;
    for (const ColumnFacts &fact : facts) {
        const bool goesOn = fact.indicator() && !columns.empty() && columns.back().oneHot && columns.back().name == fact.column;
        if (!goesOn)
            columns.push_back({fact.column.empty() ? fact.name : fact.column, fact.categories, fact.indicator(), static_cast<float>(fact.fill)});
        TableColumn &column = columns.back();
        if (!fact.indicator())
            continue;
        if (fact.fill > 0)
            column.fill = static_cast<float>(column.categories.size());
        column.categories.push_back(fact.word);
    }
    return columns;
}

float cellValue(std::string_view cell, const TableColumn &column, const CategoryFinder &finder, bool decimalComma)
{
    constexpr float missing = std::numeric_limits<float>::quiet_NaN();
    if (isMissingCell(cell))
        return missing;
    if (!column.categories.empty()) {
        const int index = finder.indexOf(cell, decimalComma);
        return index < 0 ? missing : static_cast<float>(index);
    }
    double number = 0;
    return numberOfCell(cell, decimalComma, number) ? static_cast<float>(number) : missing;
}

std::vector<ColumnFacts> columnFacts(const TableCells &cells, const std::vector<Split> &splits)
{
    std::vector<ColumnFacts> facts;
    for (const TableColumn &column : cells.columns) {
        const std::size_t numbers = column.oneHot ? column.categories.size() : 1;
        for (std::size_t index = 0; index < numbers; ++index) {
            ColumnFacts one;
            one.name = column.oneHot ? column.name + " = " + column.categories[index] : column.name;
            one.column = column.name;
            one.word = column.oneHot ? column.categories[index] : std::string();
            one.categories = column.oneHot ? std::vector<std::string>() : column.categories;
            one.fill = column.oneHot ? double(column.fill == static_cast<float>(index)) : double(column.fill);
            facts.push_back(std::move(one));
        }
    }
    std::vector<Statistics> statistics(facts.size());
    std::vector<float> row;
    for (std::size_t at = 0; at < splits.size(); ++at) {
        if (splits[at] != Split::Train)
            continue;
        row.clear();
        cells.appendRow(static_cast<std::int64_t>(at), row);
        for (std::size_t number = 0; number < row.size(); ++number)
            statistics[number].add(row[number]);
    }
    for (std::size_t number = 0; number < facts.size(); ++number)
        statistics[number].writeTo(facts[number]);
    return facts;
}

} // namespace netloom
