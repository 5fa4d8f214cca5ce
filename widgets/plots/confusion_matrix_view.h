// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

class QToolButton;

namespace netloom {

/// A confusion matrix that can be read with 2 classes and with 100: rows are the truth, columns what was predicted, shaded by
/// the share of the row. The wheel zooms a large one, dragging moves it; the arrow keys go from cell to cell, Enter is a click.
class ConfusionMatrixView : public QWidget {
    Q_OBJECT
public:
    /// What a cell shows: how many samples, or their share of the true class or of the answers.
    enum class Show { Counts, RowShare, ColumnShare };

    explicit ConfusionMatrixView(QWidget *parent = nullptr);

    /// @p counts is row-major, classes × classes; anything else shows the empty state. Missing names become numbers.
    void setMatrix(int classes, std::vector<std::int64_t> counts, QStringList names);
    void clear();
    /// What is shown while there is no matrix.
    void setEmptyText(const QString &heading, const QString &sentence);
    int classes() const { return m_classes; }

    bool showsPercentages() const { return m_show != Show::Counts; }
    void setShowsPercentages(bool percent) { setShow(percent ? Show::RowShare : Show::Counts); }
    Show shown() const { return m_show; }
    void setShow(Show show);
    /// Without the two small buttons, where the place around it offers the choice.
    void setHasSwitch(bool has);
    /// The classes in the order of rows and columns; anything but a permutation is the usual order.
    void setOrder(std::vector<int> order);
    /// Outlines a cell; -1 none.
    void setMarked(int truth, int predicted);
    /// 1 shows all of it.
    void zoomAt(const QPoint &position, double factor);
    double zoom() const { return m_zoom; }

    std::int64_t count(int truth, int predicted) const;
    /// Share of the row, or where column shares are shown of the column, 0..1; 0 where that has no samples.
    double share(int truth, int predicted) const;
    /// What the cell shows: "912" or "91 %".
    QString cellText(int truth, int predicted) const;
    /// What the cell means in words: "Shirt taken for Coat: 12 of 100 samples of Shirt (12 %)".
    QString cellSentence(int truth, int predicted) const;
    /// Where the cell lies in this widget, also where zooming puts it out of sight; empty without a matrix.
    QRect cellRect(int truth, int predicted) const;
    /// False where cells are too small for their numbers.
    bool showsNumbers() const;

    QSize sizeHint() const override { return {340, 320}; }
    QSize minimumSizeHint() const override { return {200, 180}; }

signals:
    void cellClicked(int truth, int predicted);
    void cellHovered(int truth, int predicted); ///< -1 for none any more

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
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
    void hover(Cell cell);
    void moveTo(Cell cell);
    void setOffset(QPointF offset);
    void outline(QPainter &painter, Cell cell, const QColor &colour, double width) const;
    void paintCells(QPainter &painter) const;
    void paintHeaders(QPainter &painter) const;
    void paintHover(QPainter &painter) const;

    int m_classes = 0;
    std::vector<std::int64_t> m_counts;
    std::vector<std::int64_t> m_rowTotals, m_columnTotals;
    std::vector<int> m_order; ///< class by place
    std::vector<int> m_place; ///< place by class
    QStringList m_names;
    QString m_emptyHeading, m_emptySentence;
    Show m_show = Show::Counts;
    bool m_hasSwitch = true;
    QRect m_grid;           ///< all cells that can be seen
    double m_zoom = 1;
    QPointF m_offset;       ///< px of the zoomed matrix left and above of what can be seen
    int m_rowEvery = 1;     ///< every how manieth class has a header
    int m_columnEvery = 1;
    bool m_rotated = false; ///< column headers
    Cell m_hover, m_marked;
    Cell m_key;             ///< where the keys are
    QPoint m_pressed;
    QPointF m_pressedOffset;
    bool m_dragged = false;
    QToolButton *m_countsButton = nullptr;
    QToolButton *m_percentButton = nullptr;
};

} // namespace netloom
