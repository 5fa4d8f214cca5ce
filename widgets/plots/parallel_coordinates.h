// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/trial_points.h"

#include <QWidget>

#include <map>
#include <optional>
#include <set>

namespace netloom {

/// A line for each trial through one upright axis for each parameter and one for the score. Dragging along an axis keeps the trials in
/// that range; a click on the axis lets all in again. The wheel zooms an axis about the pointer, a double click shows all of it. A click on
/// a line selects its trial.
class ParallelCoordinates : public QWidget {
    Q_OBJECT
public:
    explicit ParallelCoordinates(QWidget *parent = nullptr);

    /// @p scoreAxis names the last axis; its range follows the scores.
    void setTrials(std::vector<TrialAxis> axes, const TrialAxis &scoreAxis, std::vector<TrialPoint> points);
    void setSelected(int trial);
    /// Takes all ranges away.
    void clearBrushes();

    /// The trials within the ranges of all axes; all that have a score where there is no range.
    std::set<int> kept() const;
    bool hasBrushes() const { return !m_brushes.empty(); }
    bool isZoomed(std::size_t axis) const { return m_zooms.contains(axis); }
    /// Where a trial's line crosses an axis; the score's is the last.
    QPointF crossing(int trial, std::size_t axis) const;

    QSize sizeHint() const override { return {640, 360}; }
    QSize minimumSizeHint() const override { return {320, 200}; }

signals:
    void keptChanged();
    void trialClicked(int trial);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Span {
        double low = 0, high = 1; ///< shares of the axis
    };

    QRectF plotRect() const;
    double xOf(std::size_t axis) const;
    Span shown(std::size_t axis) const;
    double yOf(std::size_t axis, double share) const;
    double shareAt(std::size_t axis, double y) const;
    double shareOf(const TrialPoint &point, std::size_t axis) const;
    std::optional<std::size_t> axisAt(const QPointF &position) const;
    const TrialPoint *lineAt(const QPointF &position) const;
    bool isKept(const TrialPoint &point) const;
    void paintAxis(QPainter &painter, std::size_t axis) const;
    void paintTicks(QPainter &painter, std::size_t axis) const;
    void keepScoreSpans(const TrialAxis &before);
    void paintLine(QPainter &painter, const TrialPoint &point, bool strong) const;

    std::vector<TrialAxis> m_axes; ///< the score's is the last
    std::vector<TrialPoint> m_points;
    std::pair<double, double> m_scores{0, 1}, m_colours{0, 1};
    std::map<std::size_t, Span> m_brushes;
    std::map<std::size_t, Span> m_zooms; ///< axes that are not shown from end to end
    int m_selected = 0;
    std::optional<std::size_t> m_dragged;
    double m_from = 0; ///< share where the drag began
    bool m_moved = false;
};

} // namespace netloom
