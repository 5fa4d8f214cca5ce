// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/parallel_coordinates.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <span>

namespace netloom {

namespace {

constexpr double kSide = 64;    ///< px: left and right, for labels
constexpr double kTop = 40;     ///< px: for names
constexpr double kBottom = 24;
constexpr double kReach = 18;   ///< px: how near an axis is dragged
constexpr double kLineReach = 6;
constexpr double kLeastDrag = 4;
constexpr double kMostZoom = 1000;

} // namespace

ParallelCoordinates::ParallelCoordinates(QWidget *parent) : QWidget(parent)
{
    setObjectName("parallelCoordinates");
    setAccessibleName(tr("Parallel coordinates"));
    setMouseTracking(true);
}

void ParallelCoordinates::setTrials(std::vector<TrialAxis> axes, const TrialAxis &scoreAxis, std::vector<TrialPoint> points)
{
    const bool sameAxes = axes.size() + 1 == m_axes.size()
        && std::ranges::equal(axes, std::span(m_axes).first(axes.size()), {}, &TrialAxis::name, &TrialAxis::name);
    if (!sameAxes) {
        m_brushes.clear();
        m_zooms.clear();
    }
    const TrialAxis before = m_axes.empty() ? TrialAxis() : m_axes.back();
    m_axes = std::move(axes);
    m_axes.push_back(scoreAxis);
    m_points = std::move(points);
    m_scores = scoreRange(m_points);
    m_colours = colourRange(m_points);
    m_axes.back().low = m_scores.first;
    m_axes.back().high = m_scores.second;
    keepScoreSpans(before);
    update();
}

/// The ends of the score's axis follow the scores: its ranges stay at their values.
void ParallelCoordinates::keepScoreSpans(const TrialAxis &before)
{
    const std::size_t score = m_axes.size() - 1;
    for (auto *spans : {&m_brushes, &m_zooms}) {
        const auto found = spans->find(score);
        if (found == spans->end())
            continue;
        Span &span = found->second;
        span = {std::max(0.0, m_axes.back().share(before.valueAt(span.low))), std::min(1.0, m_axes.back().share(before.valueAt(span.high)))};
        if (span.low >= span.high)
            spans->erase(found);
    }
}

void ParallelCoordinates::setSelected(int trial)
{
    m_selected = trial;
    update();
}

void ParallelCoordinates::clearBrushes()
{
    if (m_brushes.empty() && m_zooms.empty())
        return;
    m_brushes.clear();
    m_zooms.clear();
    update();
    emit keptChanged();
}

std::set<int> ParallelCoordinates::kept() const
{
    std::set<int> numbers;
    for (const TrialPoint &point : m_points) {
        if (point.hasScore() && isKept(point))
            numbers.insert(point.number);
    }
    return numbers;
}

QRectF ParallelCoordinates::plotRect() const
{
    return QRectF(rect()).adjusted(kSide, kTop, -kSide, -kBottom);
}

double ParallelCoordinates::xOf(std::size_t axis) const
{
    const QRectF plot = plotRect();
    return m_axes.size() > 1 ? plot.left() + plot.width() * double(axis) / double(m_axes.size() - 1) : plot.center().x();
}

ParallelCoordinates::Span ParallelCoordinates::shown(std::size_t axis) const
{
    const auto zoom = m_zooms.find(axis);
    return zoom == m_zooms.end() ? Span() : zoom->second;
}

double ParallelCoordinates::yOf(std::size_t axis, double share) const
{
    const QRectF plot = plotRect();
    const Span span = shown(axis);
    return plot.bottom() - (share - span.low) / (span.high - span.low) * plot.height();
}

double ParallelCoordinates::shareAt(std::size_t axis, double y) const
{
    const QRectF plot = plotRect();
    const Span span = shown(axis);
    return span.low + std::clamp((plot.bottom() - y) / plot.height(), 0.0, 1.0) * (span.high - span.low);
}

double ParallelCoordinates::shareOf(const TrialPoint &point, std::size_t axis) const
{
    return m_axes[axis].share(axis + 1 < m_axes.size() ? point.values[axis] : point.score);
}

QPointF ParallelCoordinates::crossing(int trial, std::size_t axis) const
{
    const auto point = std::ranges::find(m_points, trial, &TrialPoint::number);
    return point == m_points.end() ? QPointF() : QPointF(xOf(axis), yOf(axis, shareOf(*point, axis)));
}

bool ParallelCoordinates::isKept(const TrialPoint &point) const
{
    return std::ranges::all_of(m_brushes, [&](const auto &brush) {
        const double share = shareOf(point, brush.first);
        return share >= brush.second.low - 1e-9 && share <= brush.second.high + 1e-9;
    });
}

std::optional<std::size_t> ParallelCoordinates::axisAt(const QPointF &position) const
{
    if (position.y() < 0 || position.y() > height() - 2)
        return std::nullopt;
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        if (std::abs(position.x() - xOf(axis)) <= kReach)
            return axis;
    }
    return std::nullopt;
}

const TrialPoint *ParallelCoordinates::lineAt(const QPointF &position) const
{
    const TrialPoint *nearest = nullptr;
    double least = kLineReach;
    for (std::size_t axis = 0; axis + 1 < m_axes.size(); ++axis) {
        const double from = xOf(axis), to = xOf(axis + 1);
        if (position.x() < from || position.x() > to)
            continue;
        const double along = (position.x() - from) / (to - from);
        for (const TrialPoint &point : m_points) {
            if (!point.hasScore() || !isKept(point))
                continue;
            const double y = yOf(axis, shareOf(point, axis)) * (1 - along) + yOf(axis + 1, shareOf(point, axis + 1)) * along;
            if (const double distance = std::abs(y - position.y()); distance < least) {
                least = distance;
                nearest = &point;
            }
        }
    }
    return nearest;
}

void ParallelCoordinates::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    if (std::ranges::none_of(m_points, &TrialPoint::hasScore)) {
        paintEmptyState(painter, rect(), "chart", tr("No scores yet"), tr("A line for each trial, through its parameters to its score."));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    std::vector<const TrialPoint *> order;
    for (const TrialPoint &point : m_points) {
        if (point.hasScore())
            order.push_back(&point);
    }
    // The best lie on top, of those that are kept; the selected one above all.
    std::ranges::stable_sort(order, {}, [&](const TrialPoint *point) { return std::pair(isKept(*point), scoreShare(*point, m_colours)); });
    painter.save();
    painter.setClipRect(QRectF(0, plotRect().top() - 3, width(), plotRect().height() + 6)); // a zoomed axis lets some out
    for (const TrialPoint *point : order) {
        if (point->number != m_selected)
            paintLine(painter, *point, false);
    }
    for (const TrialPoint *point : order) {
        if (point->number == m_selected)
            paintLine(painter, *point, true);
    }
    painter.restore();
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) // their labels stay readable
        paintAxis(painter, axis);
}

void ParallelCoordinates::paintLine(QPainter &painter, const TrialPoint &point, bool strong) const
{
    const Theme &theme = Theme::current();
    const double share = scoreShare(point, m_colours);
    QColor colour = trialColour(share);
    double width = 1.1 + 0.9 * share;
    if (!isKept(point)) {
        colour = theme.border;
        width = 1;
    }
    if (strong) {
        colour = theme.text;
        width = 2.6;
    }
    QPainterPath path(QPointF(xOf(0), yOf(0, shareOf(point, 0))));
    for (std::size_t axis = 1; axis < m_axes.size(); ++axis) {
        const QPointF from = path.currentPosition(), to(xOf(axis), yOf(axis, shareOf(point, axis)));
        const double bend = (to.x() - from.x()) * 0.4;
        path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
    }
    QPen pen(colour, width);
    if (point.stopped && isKept(point))
        pen.setDashPattern({4, 3});
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawPath(path);
}

void ParallelCoordinates::paintAxis(QPainter &painter, std::size_t axis) const
{
    const Theme &theme = Theme::current();
    const double x = xOf(axis);
    const bool last = axis + 1 == m_axes.size();
    const QRectF plot = plotRect();
    painter.setPen(isZoomed(axis) ? QPen(theme.accent, 1.2) : QPen(theme.borderStrong, 1.2));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter.setFont(themeFont(TextRole::Section));
    painter.setPen(theme.text);
    const double room = m_axes.size() > 1 ? plotRect().width() / double(m_axes.size() - 1) - 8 : width();
    const double wide = std::min(room, axis == 0 || last ? 2 * kSide - 8 : room);
    const QString name = painter.fontMetrics().elidedText(m_axes[axis].name, Qt::ElideMiddle, int(wide));
    painter.drawText(QRectF(x - wide / 2, 8, wide, kTop - 16), Qt::AlignCenter, name);
    paintTicks(painter, axis);
    if (const auto brush = m_brushes.find(axis); brush != m_brushes.end()) {
        const double top = std::max(plot.top(), yOf(axis, brush->second.high)), bottom = std::min(plot.bottom(), yOf(axis, brush->second.low));
        QColor fill = theme.accent;
        fill.setAlphaF(0.28f);
        painter.setPen(QPen(theme.accent, 1.4));
        painter.setBrush(fill);
        if (top < bottom)
            painter.drawRoundedRect(QRectF(QPointF(x - 7, top), QPointF(x + 7, bottom)), 3, 3);
    }
}

void ParallelCoordinates::paintTicks(QPainter &painter, std::size_t axis) const
{
    const Theme &theme = Theme::current();
    const Span span = shown(axis);
    TrialAxis part = m_axes[axis];
    if (part.choices.isEmpty() && isZoomed(axis)) {
        part.low = m_axes[axis].valueAt(span.low);
        part.high = m_axes[axis].valueAt(span.high);
    }
    const double x = xOf(axis);
    const bool last = axis + 1 == m_axes.size();
    painter.setFont(themeFont(TextRole::Small));
    for (const double tick : part.ticks()) {
        const double share = m_axes[axis].share(tick), y = yOf(axis, share);
        if (share < span.low - 1e-9 || share > span.high + 1e-9)
            continue;
        const QString text = painter.fontMetrics().elidedText(part.text(tick), Qt::ElideRight, int(kSide - 12));
        const double length = painter.fontMetrics().horizontalAdvance(text) + 6;
        const QRectF box(last ? x + 6 : x - 6 - length, y - 8, length, 16);
        QColor ground = palette().color(QPalette::Window);
        ground.setAlphaF(0.82f);
        painter.fillRect(box, ground);
        painter.setPen(theme.borderStrong);
        painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y));
        painter.setPen(theme.textMuted);
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

void ParallelCoordinates::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragged = axisAt(event->position());
    m_moved = false;
    if (m_dragged) {
        m_from = shareAt(*m_dragged, event->position().y());
        return;
    }
    if (const TrialPoint *point = lineAt(event->position()))
        emit trialClicked(point->number);
}

void ParallelCoordinates::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragged) {
        setCursor(axisAt(event->position()) ? Qt::SplitVCursor : lineAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const double share = shareAt(*m_dragged, event->position().y());
    m_moved |= std::abs(yOf(*m_dragged, share) - yOf(*m_dragged, m_from)) >= kLeastDrag;
    if (!m_moved)
        return;
    m_brushes[*m_dragged] = {std::min(share, m_from), std::max(share, m_from)};
    update();
    emit keptChanged();
}

void ParallelCoordinates::mouseReleaseEvent(QMouseEvent *)
{
    if (m_dragged && !m_moved && m_brushes.erase(*m_dragged) > 0) {
        update();
        emit keptChanged();
    }
    m_dragged.reset();
}

void ParallelCoordinates::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const auto axis = axisAt(event->position()); axis && m_zooms.erase(*axis) > 0)
        update();
}

/// About the value under the pointer; never further out than the whole axis.
void ParallelCoordinates::wheelEvent(QWheelEvent *event)
{
    const auto axis = axisAt(event->position());
    if (!axis || event->angleDelta().y() == 0)
        return;
    event->accept();
    const Span span = shown(*axis);
    const double at = shareAt(*axis, event->position().y());
    const double length = std::max(1 / kMostZoom, (span.high - span.low) * std::pow(0.8, event->angleDelta().y() / 120.0));
    if (length >= 1) {
        m_zooms.erase(*axis);
    } else {
        const double low = std::clamp(at - (at - span.low) / (span.high - span.low) * length, 0.0, 1 - length);
        m_zooms[*axis] = {low, low + length};
    }
    update();
}

bool ParallelCoordinates::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const TrialPoint *point = axisAt(help->pos()) ? nullptr : lineAt(help->pos());
    QString text = point ? tr("Trial %1: %2 %3").arg(point->number).arg(m_axes.back().name, m_axes.back().text(point->score)) : QString();
    for (std::size_t axis = 0; point && axis + 1 < m_axes.size(); ++axis)
        text += "\n" + m_axes[axis].name + " " + m_axes[axis].text(point->values[axis]);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void ParallelCoordinates::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace netloom
