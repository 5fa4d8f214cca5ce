// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/shown_evaluation.h"

#include <QAbstractTableModel>

namespace netloom {

/// Judged rows of a table: name, truth, answer, probability (or error), and their values.
class JudgedRows : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// @p items: places in the evaluation's samples.
    void setRows(const ShownEvaluation *shown, const std::vector<int> *items);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isNumber(int column) const;
    QString text(const ShownSample &sample, int column) const;

    const ShownEvaluation *m_shown = nullptr;
    const std::vector<int> *m_items = nullptr;
};

/// A number of the data's own unit, short.
QString unitText(double number);

} // namespace netloom
