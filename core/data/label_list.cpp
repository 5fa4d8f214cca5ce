// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_list.h"

#include "data/csv_reader.h"
#include "data/folder_scan.h"
#include "data/label_form.h"
#include "data/loader.h"
#include "data/split_rule.h"
#include "data/table_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kRowsThatTell = 100; ///< rows from whose cells a column is recognised
constexpr std::array kLabelNames{"label", "class", "labels", "classes", "category", "target", "class_name", "classname", "species", "breed", "tags"};
constexpr std::array kSplitNames{"split", "set", "subset", "partition", "dataset", "usage"};

/// The average over the first rows of what @p worth gives for the cell of @p column.
template <class Worth>
double averageOf(const LabelTable &table, int column, Worth worth)
{
    const std::size_t rows = std::min(table.rows.size(), kRowsThatTell);
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row)
        sum += worth(table.rows[row][static_cast<std::size_t>(column)]);
    return rows == 0 ? 0 : sum / static_cast<double>(rows);
}

template <class Names>
bool isAmong(const std::string &name, const Names &names)
{
    return std::ranges::find(names, lowerCase(name)) != names.end();
}

/// The column called @p name, or with that number from 1; -1 where there is none.
int columnNamed(const LabelTable &table, const std::string &name)
{
    const auto found = std::ranges::find(table.columns, name);
    if (found != table.columns.end())
        return static_cast<int>(found - table.columns.begin());
    int number = 0;
    const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool isNumber = code == std::errc{} && end == name.data() + name.size();
    return isNumber && number >= 1 && number <= static_cast<int>(table.columns.size()) ? number - 1 : -1;
}

struct LikelyFiles {
    int column = -1;
    double worth = 0;
};

/// The column most of whose cells are pictures. A name with its ending counts twice: a bare number may mean something else.
LikelyFiles likelyFiles(const LabelTable &table, const PictureIndex &index)
{
    LikelyFiles best;
    for (int column = 0; column < static_cast<int>(table.columns.size()); ++column) {
        const double worth = averageOf(table, column,
            [&](const std::string &cell) { return index.find(cell).empty() ? 0.0 : isPictureFile(cell) ? 2.0 : 1.0; });
        if (worth > best.worth)
            best = {column, worth};
    }
    return best;
}

bool isNamedLabel(const LabelTable &table, int column)
{
    return column >= 0 && isAmong(table.columns[static_cast<std::size_t>(column)], kLabelNames);
}

/// By name, or else the one with the fewest different words, of which there must be two.
int likelyLabelColumn(const LabelTable &table, const LabelColumns &taken)
{
    int best = -1;
    std::size_t fewest = 0;
    for (int column = 0; column < static_cast<int>(table.columns.size()); ++column) {
        if (column == taken.file || column == taken.split)
            continue;
        if (isNamedLabel(table, column))
            return column;
        std::unordered_set<std::string> words;
        for (const auto &row : table.rows)
            words.insert(row[static_cast<std::size_t>(column)]);
        if (best < 0 || (fewest < 2 && words.size() >= 2) || (words.size() >= 2 && words.size() < fewest)) {
            best = column;
            fewest = words.size();
        }
    }
    return best;
}

std::string quotedColumns(const LabelTable &table)
{
    std::string text;
    for (const std::string &name : table.columns)
        text += (text.empty() ? "'" : ", '") + name + "'";
    return text;
}

bool isWholeNumber(const std::string &text)
{
    long long number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc{} && end == text.data() + text.size();
}

/// 2 before 10, but "b" before "ä" as ImageFolder's classes are.
std::vector<std::string> sortedNames(const std::set<std::string> &names)
{
    std::vector<std::string> sorted(names.begin(), names.end());
    if (std::ranges::all_of(sorted, isWholeNumber))
        std::ranges::stable_sort(sorted, {}, [](const std::string &name) { return std::stoll(name); });
    return sorted;
}

/// What DataSource::label() gives: the one class, or of several labels the rarest.
void setClasses(LabelledFiles &found, const LabelColumns &columns)
{
    if (!columns.several()) {
        for (PictureItem &item : found.items)
            item.label = std::exchange(item.labels, {}).front();
        return;
    }
    std::vector<LabelSet> sets;
    for (const PictureItem &item : found.items)
        sets.push_back(item.labels);
    const auto rarest = rarestLabels(sets, static_cast<std::int64_t>(found.classNames.size()));
    for (std::size_t index = 0; index < rarest.size(); ++index)
        found.items[index].label = static_cast<std::int32_t>(rarest[index]);
}

} // namespace

Result<LabelTable> readLabelTable(const std::string &csv, const PictureIndex &index)
{
    const Result<std::string> text = readTableText(csv, "auto");
    if (!text)
        return text.error();
    LabelTable table;
    table.file = csv;
    CsvReader reader(*text, detectCsvFormat(*text, "auto", "auto", "auto"));
    std::vector<std::string_view> cells;
    while (reader.next(cells)) {
        if (table.columns.empty()) {
            const bool isHeader = std::ranges::none_of(cells, [&](std::string_view cell) { return !index.find(cell).empty(); });
            for (std::size_t column = 0; column < cells.size(); ++column)
                table.columns.push_back(isHeader && !cells[column].empty() ? std::string(cells[column]) : "column " + std::to_string(column + 1));
            if (isHeader)
                continue;
        }
        if (cells.size() == table.columns.size())
            table.rows.emplace_back(cells.begin(), cells.end());
        else
            ++table.raggedRows;
    }
    if (!reader.problem().empty())
        return Error{"'" + csv + "' " + reader.problem() + "."};
    if (table.columns.size() < 2 || table.rows.empty())
        return Error{"'" + csv + "' is no list of pictures: it needs a row for each, with a column for the file and one for the class."};
    return table;
}

Result<LabelColumns> labelColumns(const LabelTable &table, const Params &params, const PictureIndex &index)
{
    LabelColumns columns;
    for (const auto &[param, place] : {std::pair{"file_column", &columns.file}, {"label_column", &columns.label}, {"split_column", &columns.split}}) {
        const std::string &name = params.text(param);
        if (name.empty())
            continue;
        *place = columnNamed(table, name);
        if (*place < 0)
            return Error{"'" + table.file + "' has no column '" + name + "': choose " + std::string(param) + " among " + quotedColumns(table) + "."};
    }
    if (columns.file < 0)
        columns.file = likelyFiles(table, index).column;
    if (columns.file < 0)
        return Error{"No column of '" + table.file + "' names pictures that are in the folder: choose the folder in which they are, or the column in file_column."};
    const int likely = likelyLabelColumn(table, columns);
    if (const auto wrong = chooseLabelForm(table, params, likely, isNamedLabel(table, likely), columns))
        return *wrong;
    return columns;
}

int likelySplitColumn(const LabelTable &table, const LabelColumns &columns)
{
    for (int column = 0; column < static_cast<int>(table.columns.size()); ++column) {
        if (column != columns.file && column != columns.label && isAmong(table.columns[static_cast<std::size_t>(column)], kSplitNames)
            && averageOf(table, column, [](const std::string &cell) { return splitNamed(cell) ? 1.0 : 0.0; }) == 1.0)
            return column;
    }
    return -1;
}

LabelledFiles labelledFiles(const LabelTable &table, const LabelColumns &columns, const PictureIndex &index)
{
    LabelledFiles found;
    std::set<std::string> names;
    for (const auto &row : table.rows) {
        const auto labels = labelsOfRow(table, columns, row);
        if (labels && !index.find(row[static_cast<std::size_t>(columns.file)]).empty())
            names.insert(labels->begin(), labels->end());
    }
    if (columns.form != LabelForm::Columns)
        found.classNames = sortedNames(names);
    for (const int column : columns.marks)
        found.classNames.push_back(table.columns[static_cast<std::size_t>(column)]);
    std::map<std::string, std::int32_t> places;
    for (std::size_t label = 0; label < found.classNames.size(); ++label)
        places[found.classNames[label]] = static_cast<std::int32_t>(label);
    std::unordered_set<std::string> seen;
    for (const auto &row : table.rows) {
        const std::string &name = row[static_cast<std::size_t>(columns.file)];
        const auto labels = labelsOfRow(table, columns, row);
        std::string file = index.find(name);
        if (file.empty()) {
            found.missing.push_back(name);
        } else if (!labels) {
            ++found.unlabelled;
        } else if (!seen.insert(file).second) {
            ++found.repeated;
        } else {
            const auto split = columns.split < 0 ? Split::Train : splitNamed(row[static_cast<std::size_t>(columns.split)]);
            found.oddSplits += !split;
            PictureItem item{std::move(file), 0, split.value_or(Split::Train)};
            for (const std::string &label : *labels)
                item.labels.push_back(places.at(label));
            std::ranges::sort(item.labels);
            found.items.push_back(std::move(item));
        }
    }
    setClasses(found, columns);
    return found;
}

std::vector<std::string> csvFilesIn(const fs::path &root)
{
    std::vector<std::string> files;
    std::error_code code;
    for (fs::directory_iterator entries(root, code); !code && entries != fs::directory_iterator(); entries.increment(code)) {
        const std::string name = lowerCase(entries->path().filename().string());
        std::error_code ignored;
        if (!isHiddenFile(name) && (name.ends_with(".csv") || name.ends_with(".tsv")) && entries->is_regular_file(ignored))
            files.push_back(entries->path().string());
    }
    std::ranges::sort(files);
    return files;
}

std::string findLabelList(const fs::path &root, const PictureIndex &index)
{
    std::string best;
    double most = 0;
    for (const std::string &file : csvFilesIn(root)) {
        const auto table = readLabelTable(file, index);
        const double worth = table ? likelyFiles(*table, index).worth : 0;
        if (worth > most) {
            best = file;
            most = worth;
        }
    }
    return best;
}

} // namespace netloom
