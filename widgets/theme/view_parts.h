// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QTableView;

namespace netloom {

/// A line of one pixel between two parts of a window; a vertical one stands between left and right.
QWidget *edgeLine(Qt::Orientation orientation = Qt::Horizontal);

/// A table that is a part of a view: no grid, frame or numbers of rows, one selected at a time, and Tab leads out of it.
void styleRows(QTableView &table, int rowHeight);

/// The bar above a view that takes the canvas's place: the way back, and what the view puts beside it.
class ViewHeader : public QWidget {
    Q_OBJECT
public:
    /// @p backName is the button's object name.
    explicit ViewHeader(const QString &backName, QWidget *parent = nullptr);

    QHBoxLayout *row() const { return m_row; }

signals:
    void backRequested();

private:
    QHBoxLayout *m_row = nullptr;
};

} // namespace netloom
