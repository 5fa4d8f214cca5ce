// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/trial_points.h"

#include <QWidget>

#include <optional>

namespace netloom {

/// Small plots side by side, a dot for each trial: the score against each axis. With a front the dots that nothing beats are joined. The wheel
/// zooms the scores, so that one bad trial does not press all others together; a double click shows all again.
class TrialScatter : public QWidget {
    Q_OBJECT
public:
    explicit TrialScatter(QWidget *parent = nullptr);

    /// What is shown where there is nothing to show.
    void setEmptyText(const QString &heading, const QString &sentence);
    /// @p values gives a point's place on each of @p axes.
    void setTrials(std::vector<TrialAxis> axes, const TrialAxis &scoreAxis, std::vector<TrialPoint> points);
    /// Joins the trials that @p fronts names for each axis, in this order; where @p goOn the line runs on to the right.
    void setFronts(std::vector<std::vector<int>> fronts, bool goOn = false);
    void setSelected(int trial);

    QPointF positionOf(int trial, std::size_t axis) const;
    bool isZoomed() const { return m_zoom.has_value(); }
    QSize sizeHint() const override { return {640, 360}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

signals:
    void trialClicked(int trial);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF cell(std::size_t axis) const;
    QPointF placeOf(const TrialPoint &point, std::size_t axis) const;
    const TrialPoint *pointAt(const QPointF &position, std::size_t *axis = nullptr) const;
    void setZoom(std::optional<std::pair<double, double>> zoom);
    void paintDots(QPainter &painter, std::size_t axis) const;
    void paintCell(QPainter &painter, std::size_t axis) const;
    void paintFront(QPainter &painter, std::size_t axis) const;

    std::vector<TrialAxis> m_axes;
    TrialAxis m_scoreAxis;
    std::vector<TrialPoint> m_points;
    std::vector<std::vector<int>> m_fronts;
    bool m_frontsGoOn = false;
    std::pair<double, double> m_scores{0, 1}, m_colours{0, 1};
    std::optional<std::pair<double, double>> m_zoom; ///< the scores that are seen, where not all are
    int m_selected = 0;
    QString m_heading, m_sentence;
};

} // namespace netloom
