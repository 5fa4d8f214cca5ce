// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_source.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kSameLine = 0.9999; ///< correlation from which a column is the target's double

/// True where every different value of the column goes with one class, and every class with one value.
bool tellsClasses(const TableCells &cells, std::size_t column, const std::vector<std::int64_t> &labels, std::size_t classCount)
{
    std::map<float, std::int64_t> classOf;
    std::vector<bool> seen(classCount);
    std::size_t classes = 0;
    for (std::size_t row = 0; row < labels.size(); ++row) {
        const auto [known, added] = classOf.try_emplace(cells.values[row * cells.columns.size() + column], labels[row]);
        if (!added && known->second != labels[row])
            return false;
        if (added && seen[static_cast<std::size_t>(labels[row])])
            return false; // a second value for the class
        classes += added;
        seen[static_cast<std::size_t>(labels[row])] = true;
    }
    return classes > 1;
}

double correlation(const TableCells &cells, std::size_t column, const std::vector<double> &numbers)
{
    const auto valueAt = [&](std::size_t row) { return double(cells.values[row * cells.columns.size() + column]); };
    double meanX = 0;
    double meanY = 0;
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        meanX += valueAt(row) / double(numbers.size());
        meanY += numbers[row] / double(numbers.size());
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        const double x = valueAt(row) - meanX;
        const double y = numbers[row] - meanY;
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

/// Mean and standard deviation of the numbers in the training rows; 1 where they are all equal.
std::pair<double, double> targetScale(const std::vector<double> &numbers, const std::vector<Split> &splits)
{
    double mean = 0;
    double squares = 0;
    std::int64_t count = 0;
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        if (splits[row] != Split::Train)
            continue;
        const double off = numbers[row] - mean;
        mean += off / double(++count); // Welford 1962
        squares += off * (numbers[row] - mean);
    }
    return {mean, squares > 0 ? std::sqrt(squares / double(count)) : 1};
}

} // namespace

void TableData::addFacts(SourceFacts &facts) const
{
    facts.known = true;
    for (const Split split : kAllSplits)
        facts.counts[std::string(toString(split))].assign(facts.learnsNumber ? 1 : facts.classNames.size(), 0);
    for (std::size_t row = 0; row < splits.size(); ++row)
        ++facts.counts[std::string(toString(splits[row]))][facts.learnsNumber ? 0 : static_cast<std::size_t>(labels[row])];
    facts.columns = columnFacts(cells, splits);
    if (facts.learnsNumber)
        std::tie(facts.targetMean, facts.targetDeviation) = targetScale(numbers, splits);
}

std::vector<std::string> TableData::leakWarnings(const SourceFacts &facts) const
{
    std::vector<std::string> warnings;
    for (std::size_t column = 0; column < cells.columns.size(); ++column) {
        const bool repeats = facts.learnsNumber ? std::abs(correlation(cells, column, numbers)) > kSameLine
                                                : tellsClasses(cells, column, labels, facts.classNames.size());
        if (repeats)
            warnings.push_back("The column '" + cells.columns[column].name + "' repeats the target '" + facts.targetName
                + "', so the network would only copy it: name it in leave_out.");
    }
    return warnings;
}

std::int64_t TableSource::label(std::int64_t sample) const
{
    return m_data->labels.empty() ? 0 : m_data->labels.at(static_cast<std::size_t>(sample));
}

double TableSource::number(std::int64_t sample) const
{
    return m_data->numbers.empty() ? 0 : m_data->numbers.at(static_cast<std::size_t>(sample));
}

std::string TableSource::name(std::int64_t sample) const
{
    const auto at = static_cast<std::size_t>(sample);
    return m_data->lines.empty() ? std::string(toString(split(sample))) + " #" + std::to_string(sample) : "line " + std::to_string(m_data->lines.at(at));
}

std::vector<std::size_t> TableSource::missingCells(std::int64_t sample) const
{
    const TableCells &cells = m_data->cells;
    const std::size_t first = static_cast<std::size_t>(sample) * cells.columns.size();
    std::vector<std::size_t> missing;
    for (auto at = std::ranges::lower_bound(cells.filled, first); at != cells.filled.end() && *at < first + cells.columns.size(); ++at)
        missing.push_back(*at - first);
    return missing;
}

std::shared_ptr<DataSource> TableSource::filledAs(const SourceFacts &trained) const
{
    if (m_data->cells.filled.empty())
        return nullptr;
    auto filled = std::make_shared<TableSource>(*this);
    filled->m_fills.clear();
    for (const TableColumn &column : columnsOf(trained.columns))
        filled->m_fills.push_back(column.fill);
    return filled;
}

Result<Picture> TableSource::read(std::int64_t sample, DecodeHint) const
{
    return Error{"'" + name(sample) + "' is a table's row, no picture."};
}

} // namespace netloom
