// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture_files.h"
#include "data/picture_index.h"

#include <filesystem>
#include <string>
#include <vector>

namespace netloom {

/// The text of a CSV file that lists pictures.
struct LabelTable {
    std::string file;                            ///< the CSV file
    std::vector<std::string> columns;            ///< names; "column 1" and so on where the file has none
    std::vector<std::vector<std::string>> rows;  ///< as many cells as columns each
    std::int64_t raggedRows = 0;                 ///< left out: they have fewer or more cells
};

/// How a list gives a picture's labels: one class, several labels in one cell, or a column of 0 and 1 for each label.
enum class LabelForm { One, Several, Columns };

/// Which of the columns says what; -1 for none.
struct LabelColumns {
    int file = -1;
    int label = -1;
    int split = -1;
    LabelForm form = LabelForm::One;
    char separator = '\0';  ///< of Several: between two labels in a cell
    std::vector<int> marks = {}; ///< of Columns: those of 0 and 1

    bool several() const { return form != LabelForm::One; }
};

/// How a list and the files below a folder fit together.
struct LabelledFiles {
    std::vector<PictureItem> items;         ///< not dealt out but where the list says val or test; with several labels each has its set
    std::vector<std::string> classNames;    ///< numbers in their order, words in that of their letters
    std::vector<std::string> missing;       ///< names that no file goes by
    std::int64_t unlabelled = 0;            ///< rows without a label
    std::int64_t repeated = 0;              ///< rows of a picture that came before
    std::int64_t oddSplits = 0;             ///< rows whose split is neither train, val nor test: they are trained on
};

/// Reads @p csv; the first row names the columns unless one of its cells is a picture of @p index. The error names the file and the cause.
Result<LabelTable> readLabelTable(const std::string &csv, const PictureIndex &index);

/// The columns by the names, or numbers from 1, in file_column, label_column, label_columns and split_column; an empty one is found by what
/// the columns hold and how they are called, except that no split column is taken unasked. So is the form, where labels and
/// label_separator don't say. The error names what there is.
Result<LabelColumns> labelColumns(const LabelTable &table, const Params &params, const PictureIndex &index);

/// A column whose name and cells look like a split; -1 where there is none.
int likelySplitColumn(const LabelTable &table, const LabelColumns &columns);

LabelledFiles labelledFiles(const LabelTable &table, const LabelColumns &columns, const PictureIndex &index);

/// What a LabelledImages would read with its parameters, to be shown while they are chosen.
struct LabelListLook {
    std::string csv;                   ///< the list that is read; "" where there is none
    LabelTable table;
    LabelColumns columns;
    std::string likelySplit;           ///< a column that looks like train, val and test, where none is chosen; or ""
    std::vector<std::string> files;    ///< of each row: the picture found, relative to the root, or ""
    std::vector<std::string> classNames;
    std::vector<std::int64_t> counts;  ///< pictures of each class
    std::int64_t pictures = 0;
    std::int64_t without = 0;          ///< with several labels: pictures that have none
    std::vector<int> likelyMarks;      ///< columns of 0 and 1, whether they are taken for labels or not
    std::vector<std::string> warnings; ///< what is left out, a sentence each
    std::string problem;               ///< why nothing can be read, or ""; what was found until then is there
};
LabelListLook lookAtLabelList(const Params &params);

/// What of a list is left out or odd, a sentence each.
std::vector<std::string> labelListWarnings(const LabelTable &table, const LabelledFiles &found);

/// The CSV files right in @p root, sorted.
std::vector<std::string> csvFilesIn(const std::filesystem::path &root);

/// The CSV file right in @p root that most surely lists pictures below it; "" where there is none.
std::string findLabelList(const std::filesystem::path &root, const PictureIndex &index);

} // namespace netloom
