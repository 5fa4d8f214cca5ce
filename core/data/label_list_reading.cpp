// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_list_reading.h"

#include "data/label_form.h"
#include "data/warning_text.h"

namespace netloom {

namespace fs = std::filesystem;

std::optional<Error> LabelListReading::read()
{
    const std::string &root = m_params.text("root");
    std::error_code code;
    if (root.empty())
        return Error{"No data folder is chosen: choose the folder in the inspector or drop it on the window."};
    if (!fs::is_directory(root, code))
        return Error{"'" + root + (fs::exists(root, code) ? "' is a file: choose the folder that holds the pictures." : "' doesn't exist: choose another folder.")};
    m_index.emplace(root);
    if (m_index->size() == 0)
        return Error{"'" + root + "' holds no pictures (JPEG, PNG, WebP, GIF, BMP, TIFF): choose the folder that does."};
    m_csv = m_params.text("csv").empty() ? findLabelList(root, *m_index) : m_params.text("csv");
    if (m_csv.empty())
        return Error{"'" + root + "' holds no CSV file that lists its pictures: choose the file in csv, or use ImageFolder for pictures in folders."};
    Result<LabelTable> table = readLabelTable(m_csv, *m_index);
    if (!table)
        return table.error();
    m_table = std::move(*table);
    const Result<LabelColumns> columns = labelColumns(m_table, m_params, *m_index);
    if (!columns)
        return columns.error();
    m_columns = *columns;
    m_found = labelledFiles(m_table, m_columns, *m_index);
    if (m_found.classNames.size() > kMaxClasses)
        return Error{"The column '" + labelName() + "' of '" + m_csv + "' holds " + std::to_string(m_found.classNames.size())
            + " different labels, more than " + std::to_string(kMaxClasses) + " classes: choose another label_column."};
    if (m_found.items.empty() && !m_found.missing.empty())
        return Error{"None of the pictures that '" + m_csv + "' lists is in '" + root + "', for example '" + m_found.missing.front()
            + "': choose the folder in which they are, or another file_column."};
    if (m_found.items.empty())
        return Error{"The column '" + labelName() + "' of '" + m_csv + "' holds no labels: choose another label_column."};
    if (m_columns.several() && m_found.classNames.size() < 2)
        return Error{"The column '" + labelName() + "' of '" + m_csv + "' holds fewer than two labels, so there is nothing to tell apart: set labels to one, or choose another label_column."};
    return {};
}

std::string LabelListReading::labelName() const
{
    return m_columns.label < 0 ? "labels" : m_table.columns[static_cast<std::size_t>(m_columns.label)];
}

std::string LabelListReading::likelySplit() const
{
    const int column = likelySplitColumn(m_table, m_columns);
    return column < 0 ? std::string() : m_table.columns[static_cast<std::size_t>(column)];
}

std::vector<std::string> labelListWarnings(const LabelTable &table, const LabelledFiles &found)
{
    std::vector<std::string> warnings;
    if (!found.missing.empty())
        warnings.push_back(counted(static_cast<std::int64_t>(found.missing.size()), "listed picture") + " left out as missing: " + listed(found.missing) + ".");
    if (found.unlabelled > 0)
        warnings.push_back(counted(found.unlabelled, "picture") + " left out for want of a label.");
    if (found.repeated > 0)
        warnings.push_back(counted(found.repeated, "row") + " left out: the picture is listed before.");
    if (table.raggedRows > 0)
        warnings.push_back(counted(table.raggedRows, "row") + " left out: the number of cells isn't that of the columns.");
    if (found.oddSplits > 0)
        warnings.push_back(counted(found.oddSplits, "row") + " taken for training, since the split column says neither train, val nor test.");
    return warnings;
}

LabelListLook lookAtLabelList(const Params &params)
{
    LabelListReading reading(params);
    const std::optional<Error> error = reading.read();
    LabelListLook look;
    look.csv = reading.csv();
    look.table = reading.table();
    look.columns = reading.columns();
    look.problem = error ? error->text : "";
    if (!error && look.columns.split < 0)
        look.likelySplit = reading.likelySplit();
    if (reading.index() && look.columns.file >= 0) {
        for (const auto &row : look.table.rows)
            look.files.push_back(reading.index()->find(row[static_cast<std::size_t>(look.columns.file)]));
    }
    look.classNames = reading.found().classNames;
    look.counts.resize(look.classNames.size());
    look.pictures = static_cast<std::int64_t>(reading.found().items.size());
    for (const PictureItem &item : reading.found().items) {
        for (const std::int32_t label : look.columns.several() ? item.labels : LabelSet{item.label})
            ++look.counts[static_cast<std::size_t>(label)];
        look.without += look.columns.several() && item.labels.empty();
    }
    if (look.columns.file >= 0)
        look.likelyMarks = likelyMarks(look.table, look.columns);
    look.warnings = labelListWarnings(look.table, reading.found());
    return look;
}

} // namespace netloom
