// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/csv_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace netloom {

namespace {

constexpr std::size_t kLookedAt = 64 * 1024; ///< bytes that tell the format
constexpr std::size_t kLongestCell = 1 << 20; ///< bytes; longer ones come from an unclosed quote or a file that is no table
constexpr std::size_t kMostCells = 20'000;    ///< of a row
constexpr std::size_t kLongestNumber = 64;

/// The first lines, cut at a line's end where there is one.
std::string_view firstLines(std::string_view text)
{
    if (text.size() <= kLookedAt)
        return text;
    const auto end = text.rfind('\n', kLookedAt);
    return text.substr(0, end == std::string_view::npos ? kLookedAt : end);
}

/// The cells of the first rows.
std::vector<std::vector<std::string>> firstRows(std::string_view text, const CsvFormat &format)
{
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string_view> cells;
    CsvReader reader(text, format);
    while (rows.size() < 200 && reader.next(cells))
        rows.emplace_back(cells.begin(), cells.end());
    return rows;
}

bool endsCell(char letter)
{
    return letter == ',' || letter == ';' || letter == '\t' || letter == '|' || letter == '\n' || letter == '\r';
}

/// Single quotes are quotes where cells that begin with one end with one too; else they are apostrophes.
char detectQuote(std::string_view text)
{
    std::size_t opened = 0;
    std::size_t closed = 0;
    bool starts = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '"' && starts)
            return '"';
        if (letter == '\'' && starts) {
            const auto end = text.find('\'', at + 1);
            ++opened;
            if (end != std::string_view::npos && (end + 1 == text.size() || endsCell(text[end + 1]))) {
                ++closed;
                at = end;
            }
        }
        starts = endsCell(letter) || (starts && letter == ' ');
    }
    return opened > 0 && closed * 10 >= opened * 9 ? '\'' : '"';
}

/// The one that cuts most rows into the same number of cells, at least two; of several the rarer letter.
char detectSeparator(std::string_view text, char quote)
{
    char best = ',';
    double bestShare = 0;
    for (const char separator : {'\t', ';', '|', ','}) {
        const auto rows = firstRows(text, {separator, quote});
        std::map<std::size_t, std::size_t> counts;
        for (const auto &row : rows)
            ++counts[row.size()];
        std::size_t most = 0;
        for (const auto &[size, count] : counts) {
            if (size > 1)
                most = std::max(most, count);
        }
        const double share = rows.empty() ? 0 : double(most) / double(rows.size());
        if (share > bestShare + 0.05) {
            best = separator;
            bestShare = share;
        }
    }
    return best;
}

/// True where more cells are numbers with a comma than with a point.
bool detectDecimalComma(std::string_view text, const CsvFormat &format)
{
    if (format.separator == ',')
        return false;
    std::size_t commas = 0;
    std::size_t points = 0;
    for (const auto &row : firstRows(text, format)) {
        for (const std::string &cell : row) {
            double number = 0;
            commas += cell.find(',') != std::string::npos && numberOfCell(cell, true, number);
            points += cell.find('.') != std::string::npos && numberOfCell(cell, false, number);
        }
    }
    return commas > points;
}

bool equalsAnyCase(std::string_view cell, std::string_view lower)
{
    return std::ranges::equal(cell, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? char(a - 'A' + 'a') : a) == b; });
}

} // namespace

CsvFormat detectCsvFormat(std::string_view text, const std::string &separator, const std::string &quote, const std::string &decimal)
{
    const std::string_view lines = firstLines(text);
    CsvFormat format;
    format.quote = quote == "double" ? '"' : quote == "single" ? '\'' : quote == "none" ? '\0' : detectQuote(lines);
    format.separator = separator == "auto" ? detectSeparator(lines, format.quote) : separator == "tab" ? '\t' : separator.front();
    format.decimalComma = decimal == "comma" || (decimal == "auto" && detectDecimalComma(lines, format));
    return format;
}

bool CsvReader::next(std::vector<std::string_view> &cells)
{
    do {
        while (m_at < m_text.size() && atLineEnd())
            passLineEnd();
        if (m_at >= m_text.size() || !readRow(cells))
            return false;
    } while (cells.size() == 1 && cells.front().empty()); // a line of nothing but spaces
    return true;
}

bool CsvReader::readRow(std::vector<std::string_view> &cells)
{
    cells.clear();
    m_unquotedCount = 0;
    m_rowLine = m_line;
    while (true) {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
        const bool quoted = m_format.quote && m_at < m_text.size() && m_text[m_at] == m_format.quote;
        const std::string_view cell = quoted ? quotedCell() : plainCell();
        if (cell.size() > kLongestCell && m_problem.empty())
            m_problem = "has a cell of more than a million letters in line " + std::to_string(m_rowLine);
        if (cells.size() == kMostCells && m_problem.empty())
            m_problem = "has more than " + std::to_string(kMostCells) + " cells in line " + std::to_string(m_rowLine);
        if (!m_problem.empty())
            return false;
        cells.push_back(cell);
        if (atLineEnd())
            break;
        ++m_at; // the separator
    }
    if (m_at < m_text.size())
        passLineEnd();
    return true;
}

void CsvReader::passLineEnd()
{
    m_at += m_text.substr(m_at).starts_with("\r\n") ? 2 : 1;
    ++m_line;
}

std::string_view CsvReader::plainCell()
{
    const std::size_t first = m_at;
    while (m_at < m_text.size()) {
        const char letter = m_text[m_at];
        if (letter == m_format.separator || letter == '\n' || letter == '\r')
            break;
        ++m_at;
    }
    return trimmedCell(m_text.substr(first, m_at - first));
}

std::string_view CsvReader::quotedCell()
{
    const std::size_t first = ++m_at;
    bool doubled = false;
    std::size_t end = 0;
    while (true) {
        end = m_text.find(m_format.quote, m_at);
        if (end == std::string_view::npos) {
            m_problem = "opens a quote in line " + std::to_string(m_rowLine) + " that nothing closes";
            return {};
        }
        m_at = end + 1;
        if (m_at >= m_text.size() || m_text[m_at] != m_format.quote)
            break;
        doubled = true;
        ++m_at;
    }
    std::string_view cell = m_text.substr(first, end - first);
    m_line += std::ranges::count(cell, '\n');
    if (doubled) {
        if (m_unquotedCount == m_unquoted.size()) {
            if (m_unquoted.capacity() == 0)
                m_unquoted.reserve(kMostCells); // views into short strings must not move
            m_unquoted.emplace_back();
        }
        std::string &plain = m_unquoted[m_unquotedCount++];
        plain.clear();
        for (std::size_t at = 0; at < cell.size(); ++at) {
            plain += cell[at];
            at += cell[at] == m_format.quote; // the second of two
        }
        cell = plain;
    }
    plainCell(); // what follows the quote up to the separator is no part of the cell
    return trimmedCell(cell);
}

std::string_view trimmedCell(std::string_view cell)
{
    const auto blank = [](char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; };
    while (!cell.empty() && blank(cell.front()))
        cell.remove_prefix(1);
    while (!cell.empty() && blank(cell.back()))
        cell.remove_suffix(1);
    return cell;
}

bool isMissingCell(std::string_view cell)
{
    switch (cell.size()) {
    case 0: return true;
    case 1: return cell.front() == '?';
    case 2: return equalsAnyCase(cell, "na");
    case 3: return equalsAnyCase(cell, "n/a") || equalsAnyCase(cell, "nan");
    case 4: return equalsAnyCase(cell, "null") || equalsAnyCase(cell, "#n/a");
    default: return false;
    }
}

bool numberOfCell(std::string_view cell, bool decimalComma, double &number)
{
    if (cell.empty() || cell.size() > kLongestNumber || static_cast<unsigned char>(cell.front()) > '9')
        return false;
    std::array<char, kLongestNumber> copy;
    if (decimalComma && cell.find(',') != std::string_view::npos) {
        if (cell.find('.') != std::string_view::npos)
            return false;
        std::ranges::replace_copy(cell, copy.begin(), ',', '.');
        cell = {copy.data(), cell.size()};
    }
    if (cell.front() == '+')
        cell.remove_prefix(1);
    const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    return code == std::errc{} && end == cell.data() + cell.size() && std::isfinite(static_cast<float>(number));
}

} // namespace netloom
