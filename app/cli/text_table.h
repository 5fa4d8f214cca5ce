// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace netloom::cli {

/// Columns that @p text takes in a terminal.
int displayWidth(std::string_view text);

/// Control characters replaced, so that no file name can steer the terminal.
std::string printable(std::string_view text);

/// 1234567 → "1,234,567"
std::string commaText(std::int64_t number);

/// Aligned columns under a ruled header.
class TextTable {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    explicit TextTable(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    void addRow(std::vector<std::string> cells);
    /// A line before the next row, for totals.
    void addRule() { m_rows.emplace_back(); }
    std::string text() const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows; ///< an empty row is a rule
};

} // namespace netloom::cli
