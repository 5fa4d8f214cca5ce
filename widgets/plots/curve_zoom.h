// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <QObject>

#include <vector>

class QToolButton;

namespace netloom {

/// Zooming into plots above one time axis, as plotting programs have it: the wheel over an axis, or over the curves for time; a rectangle
/// drawn over the curves; an axis (or with Shift the curves) dragged along; + and − and the arrow keys for time. A double click, Home or the button in
/// the corner show all again.
class CurveZoom : public QObject {
    Q_OBJECT
public:
    explicit CurveZoom(QCustomPlot &plot);

    void addTo(QCPAxisRect &rect);
    /// The range that shows all. It is taken at once, unless people have zoomed into it.
    void setWhole(QCPAxis &axis, const QCPRange &range);
    bool isZoomed() const;
    /// Shows all.
    void reset();
    /// Colours of the theme.
    void style();

signals:
    /// Other parts of the curves are seen.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Scale {
        QCPAxis *axis = nullptr;
        QCPRange whole;
        bool zoomed = false;
    };

    Scale *scaleOf(const QCPAxis *axis);
    /// The axes that are meant at a place of the plot: both over the curves, one beside them.
    QList<QCPAxis *> axesAt(const QPoint &position) const;
    QCPAxisRect *curvesAt(const QPoint &position) const;
    /// Shows @p range, as far as there is something to be seen; of all time axes if @p axis is one.
    void show(QCPAxis &axis, QCPRange range);
    void zoom(QCPAxis &axis, double factor, double centre);
    void pan(QCPAxis &axis, int pixels);
    void press(const QMouseEvent &event);
    void drag(const QMouseEvent &event);
    void showRectangle(const QRect &rectangle);
    bool pressKey(int key);
    void refresh();

    QCustomPlot &m_plot;
    std::vector<Scale> m_scales;
    QList<QCPAxis *> m_dragged;
    QPoint m_last; ///< where the drag was
    QToolButton *m_all = nullptr;
    QWidget *m_ring = nullptr; ///< while the plot has the focus
};

} // namespace netloom
