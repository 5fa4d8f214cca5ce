// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_rows.h"

#include "data/table_facts.h"
#include "data/warning_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace netloom {

namespace {

constexpr std::string_view kUnnamed = "column "; ///< what columns without a name are called, before their number

/// The place, from 0, of a column without a name: 4 of "column 5".
std::optional<std::size_t> placeOf(const std::string &name)
{
    std::size_t number = 0;
    if (!name.starts_with(kUnnamed))
        return std::nullopt;
    const char *end = name.data() + name.size();
    const auto [last, code] = std::from_chars(name.data() + kUnnamed.size(), end, number);
    return code == std::errc{} && last == end && number > 0 ? std::optional(number - 1) : std::nullopt;
}

std::string listed(const std::vector<TableColumn> &columns)
{
    std::string names;
    for (std::size_t index = 0; index < std::min<std::size_t>(columns.size(), 30); ++index)
        names += (index ? ", " : "") + columns[index].name;
    return names;
}

/// Where each trained column is in the file.
class ColumnSearch {
public:
    ColumnSearch(const TableScan &scan, const std::vector<TableColumn> &columns, const std::string &target)
        : m_scan(scan), m_columns(columns), m_target(target) {}

    Result<std::vector<std::size_t>> places() const
    {
        if (m_scan.header)
            return byName();
        std::vector<std::size_t> places;
        std::size_t beyond = placeOf(m_target).value_or(0) + 1;
        for (const TableColumn &column : m_columns) {
            const auto place = placeOf(column.name);
            if (!place)
                return inOrder();
            places.push_back(*place);
            beyond = std::max(beyond, *place + 1);
        }
        if (m_scan.columns.size() >= beyond)
            return places;
        const auto target = placeOf(m_target);
        if (!target || m_scan.columns.size() + 1 != beyond)
            return inOrder();
        for (std::size_t &place : places) // the file goes without the target
            place -= place > *target;
        return places;
    }

private:
    Result<std::vector<std::size_t>> byName() const
    {
        std::vector<std::size_t> places;
        for (const TableColumn &column : m_columns) {
            places.push_back(m_scan.find(column.name));
            if (places.back() == m_scan.columns.size())
                return Error{"'" + m_scan.file + "' lacks the column '" + column.name + "': the network takes " + listed(m_columns) + "."};
        }
        return places;
    }

    Result<std::vector<std::size_t>> inOrder() const
    {
        if (m_scan.columns.size() != m_columns.size())
            return Error{"'" + m_scan.file + "' has no header and " + counted(static_cast<std::int64_t>(m_scan.columns.size()), "column")
                + ": give it a header, or these columns in this order: " + listed(m_columns) + "."};
        std::vector<std::size_t> places;
        for (std::size_t index = 0; index < m_columns.size(); ++index)
            places.push_back(index);
        return places;
    }

    const TableScan &m_scan;
    const std::vector<TableColumn> &m_columns;
    const std::string &m_target;
};

} // namespace

Result<TablePlan> planTableAs(const TableScan &scan, const Params &params, const SourceFacts &trained)
{
    TablePlan plan;
    plan.columns.resize(scan.columns.size(), {ColumnRole::LeftOut, {}, {}});
    plan.learnsNumber = trained.learnsNumber;
    plan.target = scan.header ? scan.find(trained.targetName) : placeOf(trained.targetName).value_or(scan.columns.size());
    if (plan.target >= scan.columns.size())
        return Error{"'" + scan.file + "' lacks the column '" + trained.targetName + "', which the network learned: without it there is nothing to judge by."};
    plan.columns[plan.target] = {ColumnRole::Target, trained.classNames, {}};
    if (const auto wrong = chooseSplitColumn(scan, params, plan))
        return *wrong;
    const std::vector<TableColumn> columns = columnsOf(trained.columns);
    const auto places = ColumnSearch(scan, columns, trained.targetName).places();
    if (!places)
        return places.error();
    plan.inputs = *places;
    for (std::size_t index = 0; index < columns.size(); ++index)
        plan.columns[plan.inputs[index]] = {columns[index].categories.empty() ? ColumnRole::Number : ColumnRole::Category, columns[index].categories, {}};
    return plan;
}

Result<TableRows> readTableRows(const std::string &file, const Params &params, const SourceFacts &facts)
{
    Params ofFile = params;
    ofFile.set("file", file);
    const Result<TableScan> scan = scanTable(ofFile, 1);
    if (!scan)
        return scan.error();
    TableCells cells{.columns = columnsOf(facts.columns)};
    const auto places = ColumnSearch(*scan, cells.columns, facts.targetName).places();
    if (!places)
        return places.error();
    std::vector<CategoryFinder> finders;
    for (const TableColumn &column : cells.columns)
        finders.emplace_back(column.categories);
    const bool drop = params.text("missing") == "drop";
    TableRows rows;
    scan->eachRow([&](const std::vector<std::string_view> &row, std::int64_t line) {
        cells.values.clear();
        const TableColumn *missing = nullptr;
        for (std::size_t index = 0; index < cells.columns.size(); ++index) {
            const TableColumn &column = cells.columns[index];
            const float value = cellValue(row[(*places)[index]], column, finders[index], scan->format.decimalComma);
            missing = std::isnan(value) ? &column : missing;
            cells.values.push_back(std::isnan(value) ? column.fill : value);
        }
        if (missing && drop) {
            rows.lacking.push_back("'" + file + "' lacks '" + missing->name + "' in line " + std::to_string(line) + ".");
            return;
        }
        cells.appendRow(0, rows.values);
        rows.lines.push_back(line);
    });
    if (scan->ragged > 0)
        rows.lacking.push_back("'" + file + "' has " + counted(static_cast<std::int64_t>(scan->raggedCells), "cell") + " in line "
            + std::to_string(scan->raggedLine) + " where others have " + std::to_string(scan->columns.size()) + ": "
            + counted(scan->ragged, "such row") + " left out.");
    return rows;
}

} // namespace netloom
