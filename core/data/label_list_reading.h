// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/label_list.h"

namespace netloom {

/// Goes from a LabelledImages' parameters to its pictures, step by step.
class LabelListReading {
public:
    explicit LabelListReading(const Params &params) : m_params(params) {}

    /// What stops it; what was found until then is there.
    std::optional<Error> read();

    const std::string &csv() const { return m_csv; }
    const LabelTable &table() const { return m_table; }
    const LabelColumns &columns() const { return m_columns; }
    const PictureIndex *index() const { return m_index ? &*m_index : nullptr; }
    LabelledFiles &found() { return m_found; }
    /// Of the label column; "labels" where each label has a column.
    std::string labelName() const;

    /// The name of the column that looks like a split; "" where none does.
    std::string likelySplit() const;

private:
    const Params &m_params;
    std::optional<PictureIndex> m_index;
    std::string m_csv;
    LabelTable m_table;
    LabelColumns m_columns;
    LabelledFiles m_found;
};

} // namespace netloom
