// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_table.h"

#include <algorithm>
#include <array>

namespace netloom::cli {

namespace {

struct Range {
    char32_t first, last;
};

constexpr std::array kWide{Range{0x1100, 0x115f}, Range{0x2e80, 0xa4cf}, Range{0xac00, 0xd7a3}, Range{0xf900, 0xfaff},
    Range{0xfe30, 0xfe6f}, Range{0xff00, 0xff60}, Range{0x1f300, 0x1faff}, Range{0x20000, 0x3fffd}};
constexpr std::array kZeroWidth{Range{0x0300, 0x036f}, Range{0x200b, 0x200f}, Range{0xfe00, 0xfe0f}};

template <class Ranges>
bool contains(const Ranges &ranges, char32_t sign)
{
    return std::ranges::any_of(ranges, [sign](const Range &range) { return sign >= range.first && sign <= range.last; });
}

} // namespace

int displayWidth(std::string_view text)
{
    int width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at++]);
        char32_t sign = lead < 0x80 ? lead : lead < 0xe0 ? lead & 0x1f : lead < 0xf0 ? lead & 0x0f : lead & 0x07;
        while (lead >= 0xc0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
            sign = sign << 6 | (static_cast<unsigned char>(text[at++]) & 0x3f);
        width += contains(kZeroWidth, sign) ? 0 : contains(kWide, sign) ? 2 : 1;
    }
    return width;
}

std::string printable(std::string_view text)
{
    std::string safe(text);
    std::ranges::replace_if(safe, [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; }, '?');
    return safe;
}

std::string commaText(std::int64_t number)
{
    std::string text = std::to_string(number);
    for (int at = static_cast<int>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        text.insert(text.begin() + at, ',');
    return text;
}

void TextTable::addRow(std::vector<std::string> cells)
{
    cells.resize(m_columns.size());
    for (std::string &cell : cells)
        cell = printable(cell);
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    std::vector<int> widths;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        int width = displayWidth(m_columns[column].title);
        for (const auto &row : m_rows)
            width = row.empty() ? width : std::max(width, displayWidth(row[column]));
        widths.push_back(width);
    }
    std::string rule;
    for (int width : widths) {
        rule += rule.empty() ? "" : "  ";
        for (int at = 0; at < width; ++at)
            rule += "─";
    }

    const auto lineOf = [&](const std::vector<std::string> &cells) {
        std::string line;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            const std::string pad(static_cast<std::size_t>(std::max(0, widths[column] - displayWidth(cells[column]))), ' ');
            line += column > 0 ? "  " : "";
            line += m_columns[column].align == Align::Right ? pad + cells[column] : cells[column] + pad;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line.append("\n");
    };
    std::vector<std::string> titles;
    for (const Column &column : m_columns)
        titles.push_back(column.title);
    std::string text = lineOf(titles) + rule + "\n";
    for (const auto &row : m_rows)
        text += row.empty() ? rule + "\n" : lineOf(row);
    return text;
}

} // namespace netloom::cli
