// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_form.h"

#include "data/csv_reader.h"
#include "data/folder_scan.h"

#include <algorithm>
#include <set>

namespace netloom {

namespace {

/// 1 for yes, 0 for no or nothing, -1 for what is neither.
int markOf(std::string_view cell)
{
    const std::string word = lowerCase(std::string(trimmedCell(cell)));
    double number = 0;
    if (isMissingCell(word) || word == "false" || word == "no")
        return 0;
    if (word == "true" || word == "yes")
        return 1;
    return numberOfCell(word, false, number) && (number == 0 || number == 1) ? static_cast<int>(number) : -1;
}

/// What stands between several labels in the cells of @p column, where some have several: semicolons and bars are sure to; commas and
/// spaces occur in names as well, so the same few parts must make up many different cells. '\0' where no cell has several.
char likelySeparator(const LabelTable &table, int column)
{
    std::set<std::string> cells;
    for (const auto &row : table.rows) {
        if (const std::string &cell = row[static_cast<std::size_t>(column)]; !isMissingCell(cell))
            cells.insert(cell);
    }
    for (const char separator : {';', '|', ',', ' '}) {
        std::set<std::string> labels;
        bool several = false;
        for (const std::string &cell : cells) {
            const auto parts = labelsInCell(cell, separator);
            several |= parts.size() > 1;
            labels.insert(parts.begin(), parts.end());
        }
        const bool sure = separator == ';' || separator == '|';
        if (several && (sure || 2 * labels.size() <= cells.size()))
            return separator;
    }
    return '\0';
}

std::optional<Error> chooseMarks(const LabelTable &table, const Params &params, LabelColumns &columns)
{
    const std::vector<std::string> &asked = params.texts("label_columns");
    columns.form = LabelForm::Columns;
    columns.label = -1;
    columns.marks.clear();
    if (asked.empty())
        columns.marks = likelyMarks(table, columns);
    for (const std::string &name : asked) {
        const auto found = std::ranges::find(table.columns, name);
        if (found == table.columns.end())
            return Error{"'" + table.file + "' has no column '" + name + "', which label_columns names: empty it for all columns of 0 and 1."};
        columns.marks.push_back(static_cast<int>(found - table.columns.begin()));
    }
    if (columns.marks.size() < 2)
        return Error{"'" + table.file + "' has no two columns of 0 and 1 that could be labels: set labels to one or several, or name the columns in label_columns."};
    return std::nullopt;
}

} // namespace

std::vector<std::string> labelsInCell(std::string_view cell, char separator)
{
    std::vector<std::string> labels;
    for (std::size_t begin = 0; begin <= cell.size();) {
        const std::size_t end = std::min(cell.find(separator, begin), cell.size());
        const std::string_view label = trimmedCell(cell.substr(begin, end - begin));
        if (!label.empty() && std::ranges::find(labels, label) == labels.end())
            labels.emplace_back(label);
        begin = end + 1;
    }
    return labels;
}

std::vector<int> likelyMarks(const LabelTable &table, const LabelColumns &columns)
{
    std::vector<int> marks;
    for (int column = 0; column < static_cast<int>(table.columns.size()); ++column) {
        bool yes = false, other = column == columns.file || column == columns.split;
        for (std::size_t row = 0; row < table.rows.size() && !other; ++row) {
            const int mark = markOf(table.rows[row][static_cast<std::size_t>(column)]);
            yes |= mark == 1;
            other = mark < 0;
        }
        if (yes && !other)
            marks.push_back(column);
    }
    return marks.size() > 1 ? marks : std::vector<int>();
}

std::optional<Error> chooseLabelForm(const LabelTable &table, const Params &params, int likelyLabel, bool namedSo, LabelColumns &columns)
{
    const std::string &form = params.text("labels");
    const bool columnAsked = columns.label >= 0;
    if (form == "columns" || (form == "auto" && !columnAsked && (!params.texts("label_columns").empty() || (!namedSo && !likelyMarks(table, columns).empty()))))
        return chooseMarks(table, params, columns);
    if (!columnAsked)
        columns.label = likelyLabel;
    if (columns.label < 0)
        return Error{"'" + table.file + "' has no column beside that of the files: it needs one with the class of each picture."};
    if (form == "one")
        return std::nullopt;
    const std::string &asked = params.text("label_separator");
    columns.separator = asked == "auto" ? likelySeparator(table, columns.label) : asked == "space" ? ' ' : asked.front();
    if (form == "several" && columns.separator == '\0')
        return Error{"The column '" + table.columns[static_cast<std::size_t>(columns.label)] + "' of '" + table.file
            + "' holds no cell with several labels: set label_separator to what stands between them, or labels to one."};
    columns.form = columns.separator == '\0' ? LabelForm::One : LabelForm::Several;
    return std::nullopt;
}

std::optional<std::vector<std::string>> labelsOfRow(const LabelTable &table, const LabelColumns &columns, const std::vector<std::string> &row)
{
    std::vector<std::string> labels;
    if (columns.form == LabelForm::Columns) {
        for (const int column : columns.marks) {
            const int mark = markOf(row[static_cast<std::size_t>(column)]);
            if (mark < 0)
                return std::nullopt;
            if (mark == 1)
                labels.push_back(table.columns[static_cast<std::size_t>(column)]);
        }
        return labels;
    }
    const std::string &cell = row[static_cast<std::size_t>(columns.label)];
    if (columns.form == LabelForm::Several && cell.empty()) // none of the labels
        return labels;
    if (isMissingCell(cell))
        return std::nullopt;
    return columns.form == LabelForm::Several ? labelsInCell(cell, columns.separator) : std::vector{cell};
}

} // namespace netloom
