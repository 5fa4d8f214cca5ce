// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/curve_zoom.h"

#include "theme/theme.h"

#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kStep = 0.85;     ///< of a range that a notch of the wheel leaves
constexpr double kDeepest = 1e-6;  ///< of the whole range
constexpr int kThin = 8;           ///< px: a rectangle so flat is a range of time, one so narrow a range of values
constexpr int kKeyPan = 40;        ///< px

/// A frame around the plot that has the focus.
class FocusRing : public QWidget {
public:
    explicit FocusRing(QWidget *plot) : QWidget(plot)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(QPen(Theme::current().accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
};

bool isTime(const QCPAxis &axis)
{
    return axis.orientation() == Qt::Horizontal;
}

bool isLogarithmic(const QCPAxis &axis)
{
    return axis.scaleType() == QCPAxis::stLogarithmic;
}

/// @p range moved into @p whole and cut to it; all of it where that is the shorter one.
QCPRange movedInto(QCPRange range, const QCPRange &whole, bool logarithmic)
{
    if (logarithmic ? range.upper / range.lower >= whole.upper / whole.lower : range.size() >= whole.size())
        return whole;
    if (!logarithmic) {
        const double out = std::max(whole.lower - range.lower, 0.0) - std::max(range.upper - whole.upper, 0.0);
        range.lower += out;
        range.upper += out;
    }
    return {std::max(range.lower, whole.lower), std::min(range.upper, whole.upper)};
}

} // namespace

CurveZoom::CurveZoom(QCustomPlot &plot) : QObject(&plot), m_plot(plot), m_all(new QToolButton(&plot)), m_ring(new FocusRing(&plot))
{
    m_all->setObjectName("curvesAll");
    m_all->setText(tr("Show all"));
    m_all->setIcon(themedIcon("fit"));
    m_all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_all->setFixedHeight(26); // beside the titles
    m_all->setToolTip(tr("Show all of the curves again  (Home, or a double click)"));
    m_all->hide();
    connect(m_all, &QToolButton::clicked, this, &CurveZoom::reset);
    m_plot.setFocusPolicy(Qt::StrongFocus);
    m_plot.installEventFilter(this);
    connect(&m_plot, &QCustomPlot::mouseDoubleClick, this, &CurveZoom::reset);
    connect(m_plot.selectionRect(), &QCPSelectionRect::accepted, this, &CurveZoom::showRectangle);
    style();
}

void CurveZoom::style()
{
    const Theme &theme = Theme::current();
    QColor fill = theme.accent;
    fill.setAlphaF(0.12F);
    m_plot.selectionRect()->setPen(QPen(theme.accent, theme.edge));
    m_plot.selectionRect()->setBrush(fill);
}

void CurveZoom::addTo(QCPAxisRect &rect)
{
    for (QCPAxis *axis : {rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft)})
        m_scales.push_back({axis, axis->range(), false});
}

CurveZoom::Scale *CurveZoom::scaleOf(const QCPAxis *axis)
{
    const auto found = std::ranges::find(m_scales, axis, &Scale::axis);
    return found == m_scales.end() ? nullptr : &*found;
}

void CurveZoom::setWhole(QCPAxis &axis, const QCPRange &range)
{
    Scale *scale = scaleOf(&axis);
    scale->whole = range;
    if (scale->zoomed && (axis.range().lower >= range.upper || axis.range().upper <= range.lower)) {
        scale->zoomed = false; // nothing is left to be seen there
        refresh();
    }
    if (!scale->zoomed)
        axis.setRange(range);
}

bool CurveZoom::isZoomed() const
{
    return std::ranges::any_of(m_scales, &Scale::zoomed);
}

void CurveZoom::reset()
{
    for (Scale &scale : m_scales) {
        scale.zoomed = false;
        scale.axis->setRange(scale.whole);
    }
    refresh();
}

void CurveZoom::refresh()
{
    if (!isZoomed() && m_all->hasFocus())
        m_plot.setFocus();
    m_all->setVisible(isZoomed());
    m_all->adjustSize();
    m_all->move(m_plot.width() - m_all->width() - 4, 2);
    emit changed();
    m_plot.replot(QCustomPlot::rpQueuedReplot);
}

void CurveZoom::show(QCPAxis &axis, QCPRange range)
{
    const QCPRange whole = scaleOf(&axis)->whole;
    range.normalize();
    range = movedInto(range, whole, isLogarithmic(axis));
    if (!(range.size() > kDeepest * whole.size()))
        return;
    const bool all = range.size() >= whole.size() * (1 - 1e-9);
    for (Scale &scale : m_scales) {
        if (scale.axis != &axis && !(isTime(axis) && isTime(*scale.axis)))
            continue;
        scale.zoomed = !all;
        scale.axis->setRange(all ? scale.whole : range);
    }
    refresh();
}

void CurveZoom::zoom(QCPAxis &axis, double factor, double centre)
{
    const QCPRange now = axis.range();
    if (isLogarithmic(axis))
        show(axis, {std::pow(now.lower / centre, factor) * centre, std::pow(now.upper / centre, factor) * centre});
    else
        show(axis, {(now.lower - centre) * factor + centre, (now.upper - centre) * factor + centre});
}

void CurveZoom::pan(QCPAxis &axis, int pixels)
{
    if (!scaleOf(&axis)->zoomed)
        return;
    const double from = axis.pixelToCoord(0), to = axis.pixelToCoord(pixels);
    const QCPRange now = axis.range();
    if (isLogarithmic(axis))
        show(axis, {now.lower * from / to, now.upper * from / to});
    else
        show(axis, {now.lower + from - to, now.upper + from - to});
}

QCPAxisRect *CurveZoom::curvesAt(const QPoint &position) const
{
    for (const Scale &scale : m_scales) {
        if (scale.axis->axisRect()->visible() && scale.axis->axisRect()->rect().contains(position))
            return scale.axis->axisRect();
    }
    return nullptr;
}

QList<QCPAxis *> CurveZoom::axesAt(const QPoint &position) const
{
    if (const QCPAxisRect *curves = curvesAt(position))
        return {curves->axis(QCPAxis::atBottom), curves->axis(QCPAxis::atLeft)};
    for (const Scale &scale : m_scales) {
        const QCPAxisRect *rect = scale.axis->axisRect();
        if (!rect->visible() || !rect->outerRect().contains(position))
            continue;
        const bool beside = position.x() < rect->left() && position.y() <= rect->bottom();
        const bool below = position.y() > rect->bottom() && position.x() >= rect->left();
        if (isTime(*scale.axis) ? below : beside)
            return {scale.axis};
    }
    return {};
}

void CurveZoom::press(const QMouseEvent &event)
{
    const bool left = event.button() == Qt::LeftButton;
    const bool draws = left && !(event.modifiers() & Qt::ShiftModifier) && curvesAt(event.pos());
    m_plot.setSelectionRectMode(draws ? QCP::srmCustom : QCP::srmNone);
    m_dragged = left && !draws ? axesAt(event.pos()) : QList<QCPAxis *>();
    m_last = event.pos();
}

void CurveZoom::drag(const QMouseEvent &event)
{
    const QPoint way = event.pos() - m_last;
    m_last = event.pos();
    for (QCPAxis *axis : std::as_const(m_dragged)) {
        if (const int pixels = isTime(*axis) ? way.x() : way.y())
            pan(*axis, pixels);
    }
}

void CurveZoom::showRectangle(const QRect &rectangle)
{
    const QCPAxisRect *curves = curvesAt(m_last);
    if (!curves)
        return;
    const QRect drawn = rectangle.normalized() & curves->rect();
    if (drawn.width() >= kThin) {
        QCPAxis &time = *curves->axis(QCPAxis::atBottom);
        show(time, {time.pixelToCoord(drawn.left()), time.pixelToCoord(drawn.right())});
    }
    if (drawn.height() >= kThin) {
        QCPAxis &values = *curves->axis(QCPAxis::atLeft);
        show(values, {values.pixelToCoord(drawn.bottom()), values.pixelToCoord(drawn.top())});
    }
}

bool CurveZoom::pressKey(int key)
{
    if (m_scales.empty() || !m_scales.front().axis->axisRect()->visible())
        return false;
    QCPAxis &time = *m_scales.front().axis;
    switch (key) {
    case Qt::Key_Home: reset(); return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(time, kStep * kStep, time.range().center()); return true;
    case Qt::Key_Minus: zoom(time, 1 / (kStep * kStep), time.range().center()); return true;
    case Qt::Key_Left: pan(time, kKeyPan); return true;
    case Qt::Key_Right: pan(time, -kKeyPan); return true;
    default: return false;
    }
}

bool CurveZoom::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress: press(*static_cast<QMouseEvent *>(event)); break;
    case QEvent::MouseMove:
        if (!m_dragged.isEmpty() && (static_cast<QMouseEvent *>(event)->buttons() & Qt::LeftButton))
            drag(*static_cast<QMouseEvent *>(event));
        break;
    case QEvent::MouseButtonRelease: m_dragged.clear(); break;
    case QEvent::Wheel: {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        const QPoint at = wheel->position().toPoint();
        if (const QList<QCPAxis *> axes = axesAt(at); !axes.isEmpty()) {
            QCPAxis &axis = *axes.front(); // over the curves, time: no curve leaves the plot
            zoom(axis, std::pow(kStep, wheel->angleDelta().y() / 120.0), axis.pixelToCoord(isTime(axis) ? at.x() : at.y()));
            return true;
        }
        break;
    }
    case QEvent::KeyPress:
        if (pressKey(static_cast<QKeyEvent *>(event)->key()))
            return true;
        break;
    case QEvent::FocusIn:
    case QEvent::FocusOut:
        m_ring->setVisible(event->type() == QEvent::FocusIn && static_cast<QFocusEvent *>(event)->reason() != Qt::MouseFocusReason);
        m_ring->raise();
        break;
    case QEvent::Resize:
        m_ring->resize(m_plot.size());
        m_all->move(m_plot.width() - m_all->width() - 4, 2);
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace netloom
