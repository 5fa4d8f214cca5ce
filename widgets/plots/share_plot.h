// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QCPBars;
class QCPGraph;
class QCustomPlot;
class QLabel;

namespace netloom {

/// Curves or bars over shares from 0 to 1 on both axes: ROC, precision against recall, reliability. Says what lies below the mouse.
class SharePlot : public QWidget {
    Q_OBJECT
public:
    struct Curve {
        QString name;
        std::vector<QPointF> points;
    };
    struct Bar {
        double low = 0, high = 1;
        double height = 0;
        QString note; ///< shown below the mouse
    };

    SharePlot(const QString &xLabel, const QString &yLabel, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// All alike, or the one at @p strong before the others.
    void setCurves(std::vector<Curve> curves, int strong = -1);
    void setBars(std::vector<Bar> bars);
    /// The dashed line from corner to corner.
    void setDiagonal(bool shown);
    /// The point that holds now.
    void setMark(std::optional<QPointF> mark);
    std::optional<QPointF> mark() const { return m_mark; }
    const std::vector<Curve> &curves() const { return m_curves; }
    const std::vector<Bar> &bars() const { return m_bars; }

    /// What is at @p position of this widget; "" for nothing.
    QString textAt(const QPoint &position) const;
    QPointF positionOf(const QPointF &point) const;

    QSize sizeHint() const override { return {320, 300}; }
    QSize minimumSizeHint() const override { return {180, 170}; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void style();
    bool isEmpty() const { return m_curves.empty() && m_bars.empty(); }

    QLabel *m_title = nullptr;
    QCustomPlot *m_plot = nullptr;
    QCPGraph *m_line = nullptr, *m_point = nullptr;
    std::vector<QCPGraph *> m_graphs;
    QCPBars *m_columns = nullptr;
    std::vector<Curve> m_curves;
    std::vector<Bar> m_bars;
    std::optional<QPointF> m_mark;
    int m_strong = -1;
};

} // namespace netloom
