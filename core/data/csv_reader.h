// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace netloom {

/// How the cells of a table's text are told apart.
struct CsvFormat {
    char separator = ',';
    char quote = '"'; ///< around cells that hold separators, quotes (doubled) or line ends; '\0' for none
    bool decimalComma = false; ///< "3,14" is a number
    friend bool operator==(const CsvFormat &, const CsvFormat &) = default;
};

/// What `separator`, `quote` and `decimal` ("auto" each, or ",", ";", "tab", "|"; "double", "single", "none"; "point", "comma") come to,
/// from a look at the first lines.
CsvFormat detectCsvFormat(std::string_view text, const std::string &separator, const std::string &quote, const std::string &decimal);

/// Goes through the rows of a table's text; cells are views into it, or into memory that lasts until the next row. Lines end in LF, CRLF
/// or CR; empty ones are passed over; spaces around a cell don't count. After RFC 4180.
class CsvReader {
public:
    CsvReader(std::string_view text, const CsvFormat &format) : m_text(text), m_format(format) {}

    /// False at the end, and where something is wrong.
    bool next(std::vector<std::string_view> &cells);
    /// Of the last row's beginning, from 1.
    std::int64_t line() const { return m_rowLine; }
    /// Why the end came early: "opens a quote in line 7 that nothing closes".
    const std::string &problem() const { return m_problem; }

private:
    bool readRow(std::vector<std::string_view> &cells);
    std::string_view plainCell();
    std::string_view quotedCell();
    bool atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == '\n' || m_text[m_at] == '\r'; }
    void passLineEnd();

    std::string_view m_text;
    CsvFormat m_format;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    std::int64_t m_rowLine = 0;
    std::string m_problem;
    std::vector<std::string> m_unquoted; ///< of the row at hand: cells with doubled quotes
    std::size_t m_unquotedCount = 0;
};

/// Without spaces at its ends.
std::string_view trimmedCell(std::string_view cell);
/// True for an empty cell, "?", "NA", "N/A", "nan" and "null", in any case.
bool isMissingCell(std::string_view cell);
/// False where the cell is no finite number.
bool numberOfCell(std::string_view cell, bool decimalComma, double &number);

} // namespace netloom
