// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/trial_scatter.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace netloom {

namespace {

constexpr double kLeft = 58, kTop = 24, kRight = 14, kBottom = 44; ///< px around a plot
constexpr double kLeastWidth = 250; ///< px of a cell, before rows are made
constexpr double kInside = 10;      ///< px between the frame and the outermost dots
constexpr double kReach = 8;

} // namespace

TrialScatter::TrialScatter(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setEmptyText(tr("No scores yet"), tr("A dot for each trial: its score against each parameter."));
}

void TrialScatter::setEmptyText(const QString &heading, const QString &sentence)
{
    m_heading = heading;
    m_sentence = sentence;
    update();
}

void TrialScatter::setTrials(std::vector<TrialAxis> axes, const TrialAxis &scoreAxis, std::vector<TrialPoint> points)
{
    m_axes = std::move(axes);
    m_points = std::move(points);
    m_scores = scoreRange(m_points);
    m_colours = colourRange(m_points);
    if (m_scoreAxis.name != scoreAxis.name || m_points.empty())
        m_zoom.reset();
    m_scoreAxis = scoreAxis;
    m_fronts.clear();
    setZoom(m_zoom);
}

void TrialScatter::setZoom(std::optional<std::pair<double, double>> zoom)
{
    m_zoom = zoom;
    std::tie(m_scoreAxis.low, m_scoreAxis.high) = zoom.value_or(m_scores);
    update();
}

void TrialScatter::setFronts(std::vector<std::vector<int>> fronts, bool goOn)
{
    m_fronts = std::move(fronts);
    m_frontsGoOn = goOn;
    update();
}

void TrialScatter::setSelected(int trial)
{
    m_selected = trial;
    update();
}

/// The inner rectangle of one plot.
QRectF TrialScatter::cell(std::size_t axis) const
{
    const int count = std::max(1, int(m_axes.size()));
    int columns = std::clamp(int(width() / kLeastWidth), 1, count);
    const int rows = (count + columns - 1) / columns;
    columns = (count + rows - 1) / rows;
    const double wide = double(width()) / columns, high = double(height()) / rows;
    const QRectF whole(wide * double(int(axis) % columns), high * double(int(axis) / columns), wide, high);
    return whole.adjusted(kLeft, kTop, -kRight, -kBottom);
}

QPointF TrialScatter::placeOf(const TrialPoint &point, std::size_t axis) const
{
    const QRectF inner = cell(axis).adjusted(kInside, kInside, -kInside, -kInside);
    const double x = m_axes[axis].share(point.values[axis]);
    return {inner.left() + x * inner.width(), inner.bottom() - m_scoreAxis.share(point.score) * inner.height()};
}

QPointF TrialScatter::positionOf(int trial, std::size_t axis) const
{
    const auto point = std::ranges::find(m_points, trial, &TrialPoint::number);
    return point == m_points.end() ? QPointF() : placeOf(*point, axis);
}

const TrialPoint *TrialScatter::pointAt(const QPointF &position, std::size_t *axis) const
{
    const TrialPoint *nearest = nullptr;
    double least = kReach;
    for (std::size_t each = 0; each < m_axes.size(); ++each) {
        for (const TrialPoint &point : m_points) {
            if (!point.hasScore() || !cell(each).contains(placeOf(point, each)))
                continue;
            const QPointF away = placeOf(point, each) - position;
            if (const double distance = std::hypot(away.x(), away.y()); distance < least) {
                least = distance;
                nearest = &point;
                if (axis)
                    *axis = each;
            }
        }
    }
    return nearest;
}

void TrialScatter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    if (m_axes.empty() || std::ranges::none_of(m_points, &TrialPoint::hasScore)) {
        paintEmptyState(painter, rect(), "chart", m_heading, m_sentence);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis)
        paintCell(painter, axis);
    if (m_zoom) {
        painter.setFont(themeFont(TextRole::Small));
        painter.setPen(Theme::current().textMuted);
        painter.drawText(rect().adjusted(0, 4, -int(kRight), 0), Qt::AlignRight | Qt::AlignTop, tr("zoomed: a double click shows all"));
    }
}

void TrialScatter::paintCell(QPainter &painter, std::size_t axis) const
{
    const Theme &theme = Theme::current();
    const QRectF frame = cell(axis);
    const QRectF inner = frame.adjusted(kInside, kInside, -kInside, -kInside);
    painter.setFont(themeFont(TextRole::Small));
    for (const double tick : m_scoreAxis.ticks()) {
        const double y = inner.bottom() - m_scoreAxis.share(tick) * inner.height();
        painter.setPen(QPen(theme.border, 1));
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
        painter.setPen(theme.textMuted);
        painter.drawText(QRectF(frame.left() - kLeft + 4, y - 8, kLeft - 10, 16), Qt::AlignRight | Qt::AlignVCenter, m_scoreAxis.text(tick));
    }
    painter.setPen(theme.textMuted);
    painter.drawText(QRectF(frame.left() - kLeft + 14, frame.top() - kTop + 3, frame.width(), 16), Qt::AlignLeft | Qt::AlignVCenter, m_scoreAxis.name);
    painter.setPen(QPen(theme.borderStrong, 1));
    painter.drawLine(frame.bottomLeft(), frame.bottomRight());
    double taken = -1e9;
    for (const double tick : m_axes[axis].ticks()) {
        const double x = inner.left() + m_axes[axis].share(tick) * inner.width();
        const QString text = m_axes[axis].text(tick);
        const double wide = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(theme.borderStrong);
        painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, frame.bottom() + 3));
        if (x - wide / 2 < taken + 6)
            continue;
        taken = x + wide / 2;
        painter.setPen(theme.textMuted);
        painter.drawText(QRectF(x - wide / 2 - 2, frame.bottom() + 4, wide + 4, 15), Qt::AlignCenter, text);
    }
    painter.setPen(theme.text);
    const QString name = painter.fontMetrics().elidedText(m_axes[axis].name, Qt::ElideMiddle, int(frame.width()));
    painter.drawText(QRectF(frame.left(), frame.bottom() + 20, frame.width(), 18), Qt::AlignCenter, name);
    painter.save();
    painter.setClipRect(frame);
    if (axis < m_fronts.size())
        paintFront(painter, axis);
    paintDots(painter, axis);
    painter.restore();
}

void TrialScatter::paintDots(QPainter &painter, std::size_t axis) const
{
    const Theme &theme = Theme::current();
    for (const TrialPoint &point : m_points) {
        if (!point.hasScore())
            continue;
        const bool selected = point.number == m_selected;
        QColor colour = trialColour(scoreShare(point, m_colours));
        painter.setPen(selected ? QPen(theme.text, 2) : point.stopped ? QPen(colour, 1.4) : QPen(Qt::NoPen));
        painter.setBrush(point.stopped ? QBrush(Qt::NoBrush) : QBrush(colour));
        painter.drawEllipse(placeOf(point, axis), selected ? 6 : 4, selected ? 6 : 4);
    }
}

void TrialScatter::paintFront(QPainter &painter, std::size_t axis) const
{
    QPolygonF line;
    for (const int number : m_fronts[axis]) {
        const QPointF place = positionOf(number, axis);
        if (!line.isEmpty())
            line << QPointF(place.x(), line.back().y());
        line << place;
    }
    if (!line.isEmpty() && m_frontsGoOn)
        line << QPointF(cell(axis).right(), line.back().y());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::current().accent, 1.8));
    painter.drawPolyline(line);
}

void TrialScatter::mousePressEvent(QMouseEvent *event)
{
    const TrialPoint *point = event->button() == Qt::LeftButton ? pointAt(event->position()) : nullptr;
    if (point)
        emit trialClicked(point->number);
}

void TrialScatter::mouseDoubleClickEvent(QMouseEvent *)
{
    setZoom(std::nullopt);
}

/// About the score under the pointer; never further out than all scores.
void TrialScatter::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() == 0 || m_axes.empty() || m_scores.first >= m_scores.second)
        return;
    constexpr double kMost = 1000;
    const QRectF inner = cell(0).adjusted(kInside, kInside, -kInside, -kInside);
    const double rowHeight = cell(0).height() + kTop + kBottom;
    const double below = std::fmod(event->position().y(), rowHeight) - inner.top();
    const double share = std::clamp(1 - below / inner.height(), 0.0, 1.0);
    const double at = m_scoreAxis.valueAt(share), all = m_scores.second - m_scores.first;
    const double range = std::max(all / kMost, (m_scoreAxis.high - m_scoreAxis.low) * std::pow(0.8, event->angleDelta().y() / 120.0));
    if (range >= all) {
        setZoom(std::nullopt);
    } else {
        const double low = std::clamp(at - share * range, m_scores.first, m_scores.second - range);
        setZoom(std::pair(low, low + range));
    }
    event->accept();
}

void TrialScatter::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(pointAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool TrialScatter::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    std::size_t axis = 0;
    const TrialPoint *point = pointAt(help->pos(), &axis);
    QToolTip::showText(help->globalPos(),
        point ? tr("Trial %1: %2 %3\n%4 %5").arg(point->number).arg(m_scoreAxis.name, m_scoreAxis.text(point->score), m_axes[axis].name,
                    m_axes[axis].text(point->values[axis]))
              : QString(),
        this);
    return true;
}

void TrialScatter::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace netloom
