// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/label_list.h"

#include <optional>
#include <string_view>

namespace netloom {

/// The labels in @p cell with @p separator between them, each once; a space stands for any number of them.
std::vector<std::string> labelsInCell(std::string_view cell, char separator);

/// Columns of 0 and 1 (or true and false) that are neither the files' nor the split's, at least two; else none.
std::vector<int> likelyMarks(const LabelTable &table, const LabelColumns &columns);

/// How the list gives labels, as the parameters labels, label_separator and label_columns of LabelledImages say, or by what its cells hold:
/// @p columns, of which the file and the split are known, gets a form and a label column or marks. @p likelyLabel is the column that holds
/// the labels, where they are in one, and -1 for none; @p namedSo: by its name. The error says what is missing.
std::optional<Error> chooseLabelForm(const LabelTable &table, const Params &params, int likelyLabel, bool namedSo, LabelColumns &columns);

/// The labels that a row gives its picture by their names; nothing where it says nothing.
std::optional<std::vector<std::string>> labelsOfRow(const LabelTable &table, const LabelColumns &columns, const std::vector<std::string> &row);

} // namespace netloom
