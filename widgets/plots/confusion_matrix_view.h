// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

class QToolButton;

namespace netloom {

/// A confusion matrix that can be read with 2 classes and with 100: rows are the truth, columns what was predicted, shaded by
/// the share of the row.
class ConfusionMatrixView : public QWidget {
    Q_OBJECT
public:
    explicit ConfusionMatrixView(QWidget *parent = nullptr);

    /// @p counts is row-major, classes × classes; anything else shows the empty state. Missing names become numbers.
    void setMatrix(int classes, std::vector<std::int64_t> counts, QStringList names);
    void clear();
    int classes() const { return m_classes; }

    bool showsPercentages() const { return m_percent; }
    void setShowsPercentages(bool percent);

    std::int64_t count(int truth, int predicted) const;
    /// Share of the row, 0..1; 0 for a row without samples.
    double share(int truth, int predicted) const;
    /// What the cell shows: "912" or "91 %".
    QString cellText(int truth, int predicted) const;
    /// Where the cell lies in this widget; empty without a matrix.
    QRect cellRect(int truth, int predicted) const;
    /// False where cells are too small for their numbers.
    bool showsNumbers() const;

    QSize sizeHint() const override { return {340, 320}; }
    QSize minimumSizeHint() const override { return {200, 180}; }

signals:
    void cellClicked(int truth, int predicted);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Cell {
        int truth = -1;
        int predicted = -1;
        bool valid() const { return truth >= 0; }
        friend bool operator==(const Cell &, const Cell &) = default;
    };

    void layOut();
    Cell cellAt(const QPoint &position) const;
    QString cellToolTip(Cell cell) const;
    void paintCells(QPainter &painter) const;
    void paintHeaders(QPainter &painter) const;
    void paintHover(QPainter &painter) const;

    int m_classes = 0;
    std::vector<std::int64_t> m_counts;
    std::vector<std::int64_t> m_rowTotals;
    QStringList m_names;
    bool m_percent = false;
    QRect m_grid;           ///< all cells
    int m_rowEvery = 1;     ///< every how manieth class has a header
    int m_columnEvery = 1;
    bool m_rotated = false; ///< column headers
    Cell m_hover;
    QToolButton *m_countsButton = nullptr;
    QToolButton *m_percentButton = nullptr;
};

} // namespace netloom
