// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_scan.h"

#include "data/table_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace netloom {

namespace {

constexpr std::size_t kRowsLookedAt = 200; ///< that tell the number of columns and the header
constexpr std::size_t kHeadRows = 50;

using Rows = std::vector<std::vector<std::string>>;

Rows firstRows(std::string_view text, const CsvFormat &format, std::string &problem)
{
    Rows rows;
    std::vector<std::string_view> cells;
    CsvReader reader(text, format);
    while (rows.size() < kRowsLookedAt && reader.next(cells))
        rows.emplace_back(cells.begin(), cells.end());
    problem = reader.problem();
    return rows;
}

/// The number of cells that most rows have.
std::size_t usualWidth(const Rows &rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const auto &row : rows)
        ++counts[row.size()];
    return std::ranges::max_element(counts, {}, [](const auto &entry) { return entry.second; })->first;
}

/// A first row of words is a header where numbers stand below it, or they are all different and none comes again in its column.
bool looksLikeHeader(const Rows &rows, const CsvFormat &format)
{
    const auto &first = rows.front();
    std::set<std::string> names;
    std::size_t named = 0;
    for (const std::string &cell : first) {
        double number = 0;
        if (numberOfCell(cell, format.decimalComma, number))
            return false;
        named += !cell.empty();
        names.insert(cell);
    }
    if (named + 1 < first.size() || rows.size() < 2)
        return false; // several without a name
    bool comesAgain = names.size() < first.size();
    for (std::size_t row = 1; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < std::min(first.size(), rows[row].size()); ++column) {
            double number = 0;
            if (numberOfCell(rows[row][column], format.decimalComma, number))
                return true;
            comesAgain |= !first[column].empty() && rows[row][column] == first[column];
        }
    }
    return !comesAgain;
}

/// Names for all columns, no two alike.
std::vector<std::string> columnNames(const std::vector<std::string> &header, std::size_t width)
{
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (std::size_t column = 0; column < width; ++column) {
        std::string name = column < header.size() ? header[column] : std::string();
        std::ranges::replace_if(name, [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
        if (name.empty())
            name = "column " + std::to_string(column + 1);
        const std::string base = name;
        for (int number = 2; !taken.insert(name).second; ++number)
            name = base + " (" + std::to_string(number) + ")";
        names.push_back(std::move(name));
    }
    return names;
}

/// The header, with an empty cell in front where the rows begin with a name of their own, as R writes them.
std::vector<std::string> headerCells(const Rows &rows, std::size_t width)
{
    std::vector<std::string> cells = rows.front();
    if (cells.size() + 1 == width && rows.size() > 1 && !rows[1].back().empty())
        cells.insert(cells.begin(), std::string());
    return cells;
}

void addCell(ColumnProfile &column, std::string_view cell, bool decimalComma, std::int64_t line)
{
    if (isMissingCell(cell)) {
        ++column.missing;
        return;
    }
    double number = 0;
    if (numberOfCell(cell, decimalComma, number)) {
        column.whole = column.whole && number == std::floor(number);
        column.countsUp = column.countsUp && (column.numbers == 0 || number == column.last + 1);
        column.last = number;
        ++column.numbers;
    } else if (++column.words == 1) {
        column.firstWord = cell;
        column.firstWordLine = line;
    }
    if (column.many)
        return;
    if (const auto found = column.cells.find(cell); found != column.cells.end())
        ++found->second;
    else if (column.cells.size() == kMostDifferent)
        column.many = true;
    else
        column.cells.emplace(cell, 1);
}

Error failure(const std::string &file, const std::string &text)
{
    return {"'" + file + "' " + text};
}

} // namespace

std::size_t TableScan::find(const std::string &nameOrNumber) const
{
    const auto named = std::ranges::find(columns, nameOrNumber, &ColumnProfile::name);
    if (named != columns.end())
        return static_cast<std::size_t>(named - columns.begin());
    std::size_t number = 0;
    const char *end = nameOrNumber.data() + nameOrNumber.size();
    const auto [last, code] = std::from_chars(nameOrNumber.data(), end, number);
    return code == std::errc{} && last == end && number >= 1 && number <= columns.size() ? number - 1 : columns.size();
}

void TableScan::eachRow(const std::function<void(const std::vector<std::string_view> &cells, std::int64_t line)> &each) const
{
    CsvReader reader(text, format);
    std::vector<std::string_view> cells;
    if (header)
        reader.next(cells);
    while (reader.next(cells)) {
        if (cells.size() == columns.size())
            each(cells, reader.line());
    }
}

Result<TableScan> scanTable(const Params &params, std::size_t leastColumns)
{
    TableScan scan;
    scan.file = params.text("file");
    if (scan.file.empty())
        return Error{"No table is chosen: choose the file in the inspector or drop it on the window."};
    Result<std::string> text = readTableText(scan.file, params.text("encoding"));
    if (!text)
        return text.error();
    scan.text = std::move(*text);
    scan.format = detectCsvFormat(scan.text, params.text("separator"), params.text("quote"), params.text("decimal"));
    std::string problem;
    const Rows first = firstRows(scan.text, scan.format, problem);
    if (!problem.empty())
        return failure(scan.file, problem + ": set quote to none if that is no quote, or mend the file.");
    if (first.empty())
        return failure(scan.file, "holds no rows: choose another one.");
    const std::string &header = params.text("header");
    scan.header = header == "yes" || (header == "auto" && looksLikeHeader(first, scan.format));
    const std::size_t width = scan.header && first.size() == 1 ? first.front().size()
                                                               : usualWidth(Rows(first.begin() + (scan.header ? 1 : 0), first.end()));
    if (width < leastColumns)
        return failure(scan.file, "has one column alone, so there is nothing to learn from: set the separator if it has more.");
    for (std::string &name : columnNames(scan.header ? headerCells(first, width) : std::vector<std::string>(), width)) {
        scan.columns.emplace_back();
        scan.columns.back().name = std::move(name);
    }

    CsvReader reader(scan.text, scan.format);
    std::vector<std::string_view> cells;
    if (scan.header)
        reader.next(cells);
    while (reader.next(cells)) {
        if (cells.size() != width) {
            if (++scan.ragged == 1) {
                scan.raggedLine = reader.line();
                scan.raggedCells = cells.size();
            }
            continue;
        }
        ++scan.rows;
        if (scan.head.size() < kHeadRows)
            scan.head.emplace_back(cells.begin(), cells.end());
        for (std::size_t column = 0; column < width; ++column)
            addCell(scan.columns[column], cells[column], scan.format.decimalComma, reader.line());
    }
    if (!reader.problem().empty())
        return failure(scan.file, reader.problem() + ": set quote to none if that is no quote, or mend the file.");
    if (scan.rows == 0)
        return failure(scan.file, "holds no rows below its header: choose another one.");
    return scan;
}

} // namespace netloom
