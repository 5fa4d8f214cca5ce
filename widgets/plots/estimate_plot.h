// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QPointF>
#include <QWidget>

#include <optional>
#include <vector>

class QCPGraph;
class QCustomPlot;

namespace netloom {

/// Predicted against true numbers, a dot for each sample, with the line on which the two agree. Both axes show the same range.
class EstimatePlot : public QWidget {
    Q_OBJECT
public:
    struct Point {
        double truth = 0;
        double predicted = 0;
        friend bool operator==(const Point &, const Point &) = default;
    };

    /// Against the true number the predicted one, or against the predicted number by how much it is off.
    enum class Kind { Agreement, Residuals };

    explicit EstimatePlot(QWidget *parent = nullptr, Kind kind = Kind::Agreement);

    /// In their own unit, which @p name names; points that aren't finite are left out.
    void setPoints(const std::vector<Point> &points, const QString &name);
    void clear();
    bool isEmpty() const { return m_points.empty(); }
    const std::vector<Point> &points() const { return m_points; }

    /// "true 4.5, predicted 4.1: 0.4 too low" for the point at @p position of this widget; "" where there is none.
    QString textAt(const QPoint &position) const;
    /// Where the point lies in this widget.
    QPointF positionOf(const Point &point) const;

    QSize sizeHint() const override { return {340, 320}; }
    QSize minimumSizeHint() const override { return {200, 180}; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void style();
    void rescale();
    void rescaleResiduals();
    QPointF drawn(const Point &point) const;
    std::optional<Point> pointAt(const QPoint &position) const;

    QCustomPlot *m_plot = nullptr;
    QCPGraph *m_dots = nullptr, *m_line = nullptr, *m_hovered = nullptr;
    std::vector<Point> m_points;
    Kind m_kind;
    QString m_name;
};

/// A number of any size with about four digits: "0.05123", "48,210".
QString shortNumberText(double number);

} // namespace netloom
