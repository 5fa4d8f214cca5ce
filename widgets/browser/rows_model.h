// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/split.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <functional>
#include <vector>

namespace netloom {

/// A cell of a table's row, as it is shown.
struct ShownCell {
    QString text;
    double number = 0;    ///< to sort by
    bool missing = false; ///< it is not in the file: what is here stands for it
};

/// A table, whose cells are asked for as they are seen.
struct ShownTable {
    QStringList columns; ///< that are learned from
    QString target;      ///< the column that is learned
    bool learnsNumber = false;
    std::function<std::vector<ShownCell>(int row)> cellsOf;
    std::function<ShownCell(int row)> targetOf;
};

/// Rows of a table: name, part, what is learned, and the cells that it is learned from.
class RowsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Part, Target, FirstCell };

    using QAbstractTableModel::QAbstractTableModel;

    /// @p names and @p splits by row of the table.
    void setTable(ShownTable table, QStringList names, std::vector<Split> splits);
    /// Shows these rows, in the order that was chosen by a header.
    void setShown(std::vector<int> rows);
    /// A row of the table, by its place in the view, and the other way round (-1: not shown).
    int rowAt(int place) const { return m_shown[std::size_t(place)]; }
    int placeOf(int row) const;
    /// Whether any of a row's cells, what is learned or its name holds @p text, in any case.
    bool holds(int row, const QString &text) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    ShownCell cell(int row, int column) const;
    bool isNumber(int column) const;
    void sortShown();

    ShownTable m_table;
    QStringList m_names;
    std::vector<Split> m_splits;
    std::vector<int> m_shown;
    std::vector<bool> m_numbers; ///< columns of numbers
    int m_sortColumn = -1; ///< as in the file
    Qt::SortOrder m_order = Qt::AscendingOrder;
    mutable int m_read = -1; ///< the row of m_cells
    mutable std::vector<ShownCell> m_cells;
};

} // namespace netloom
