// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QListWidget>

#include <array>
#include <cstdint>

namespace netloom {

/// Rows to choose what is shown: a name, how many there are, and a bar that says of which splits. The bars make the chart of the class
/// balance.
class FacetList : public QListWidget {
    Q_OBJECT
public:
    using Counts = std::array<std::int64_t, 3>; ///< training, validation, test
    struct Row {
        QString name;
        int key = 0;      ///< what chosen() gives
        Counts counts{};
        bool bar = true;
        QColor dot;       ///< before the name; invalid for none
    };

    explicit FacetList(QWidget *parent = nullptr);

    /// Shows @p rows; the chosen key stays where it is still there, else the first is.
    void setRows(const std::vector<Row> &rows);
    int chosenKey() const;
    void choose(int key);
    /// As high as all rows, up to @p most.
    void fitRows(int most);

    static QColor splitColour(int split);

signals:
    void chosen(int key);

private:
    bool m_filling = false;
};

} // namespace netloom
