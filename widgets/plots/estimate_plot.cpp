// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/estimate_plot.h"

#include "plots/axis_tickers.h"
#include "plots/empty_state.h"
#include "theme/theme.h"

#include <qcustomplot.h>

#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kReach = 8; ///< px: how near the mouse must come to a dot

/// Ticks without exponents for the sizes that prices and measures have.
class NumberTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override
    {
        const double size = std::abs(tick);
        if (size >= 1e6 && size < 1e15)
            return shortNumberText(tick / 1e6) + 'M';
        return size >= 1e4 && size < 1e6 ? shortNumberText(tick / 1e3) + 'k' : shortNumberText(size < 1e-12 ? 0 : tick);
    }
};

} // namespace

QString shortNumberText(double number)
{
    if (!std::isfinite(number))
        return QString::fromUtf8("–");
    const double size = std::abs(number);
    if (size >= 1000 && size < 1e15)
        return QLocale(QLocale::English).toString(number, 'f', 0);
    return QString::number(number, 'g', 4);
}

EstimatePlot::EstimatePlot(QWidget *parent, Kind kind) : QWidget(parent), m_kind(kind)
{
    const bool residuals = kind == Kind::Residuals;
    setObjectName(residuals ? "residuals" : "estimates");
    m_plot = new QCustomPlot(this);
    m_plot->setAccessibleName(residuals ? tr("Residuals: by how much predictions are off") : tr("Predicted against true"));
    m_plot->setMinimumSize(80, 60);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_line = m_plot->addGraph();
    m_dots = m_plot->addGraph();
    m_hovered = m_plot->addGraph();
    for (QCPGraph *graph : {m_dots, m_hovered})
        graph->setLineStyle(QCPGraph::lsNone);
    m_dots->setPen(Qt::NoPen); // a scatter style without a pen of its own takes this one
    m_plot->yAxis->setLabel(residuals ? tr("predicted − true") : tr("predicted"));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTicker(QSharedPointer<NumberTicker>::create());
        axis->ticker()->setTickCount(4);
    }
    style();
    clear();
}

void EstimatePlot::setPoints(const std::vector<Point> &points, const QString &name)
{
    m_points.clear();
    std::ranges::copy_if(points, std::back_inserter(m_points),
        [](const Point &point) { return std::isfinite(point.truth) && std::isfinite(point.predicted); });
    m_name = name;
    if (m_kind == Kind::Residuals)
        m_plot->xAxis->setLabel(name.isEmpty() ? tr("predicted") : tr("predicted %1").arg(name));
    else
        m_plot->xAxis->setLabel(name.isEmpty() ? tr("true") : tr("true %1").arg(name));
    QVector<QCPGraphData> data;
    for (const Point &point : m_points)
        data.push_back({drawn(point).x(), drawn(point).y()});
    m_dots->data()->set(data);
    m_hovered->data()->clear();
    rescale();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void EstimatePlot::clear()
{
    setPoints({}, {});
}

QPointF EstimatePlot::drawn(const Point &point) const
{
    return m_kind == Kind::Residuals ? QPointF(point.predicted, point.predicted - point.truth) : QPointF(point.truth, point.predicted);
}

/// As far below zero as above.
void EstimatePlot::rescaleResiduals()
{
    double low = 0, high = 1, off = 1;
    if (!m_points.empty()) {
        const auto [first, last] = std::ranges::minmax(m_points, {}, &Point::predicted);
        low = first.predicted;
        high = last.predicted;
        off = 0;
        for (const Point &point : m_points)
            off = std::max(off, std::abs(point.predicted - point.truth));
    }
    const double around = std::max(0.04 * (high - low), high > low ? 0.0 : std::max(0.5, 0.1 * std::abs(high)));
    off = off > 0 ? 1.08 * off : 1;
    m_plot->xAxis->setRange(low - around, high + around);
    m_plot->yAxis->setRange(-off, off);
    m_line->setData({low - around, high + around}, {0, 0});
}

/// One range for both axes, so that the line of agreement goes from corner to corner.
void EstimatePlot::rescale()
{
    if (m_kind == Kind::Residuals) {
        rescaleResiduals();
        return;
    }
    double low = 0, high = 1;
    if (!m_points.empty()) {
        low = high = m_points.front().truth;
        for (const Point &point : m_points) {
            low = std::min({low, point.truth, point.predicted});
            high = std::max({high, point.truth, point.predicted});
        }
    }
    const double around = std::max(0.04 * (high - low), high > low ? 0.0 : std::max(0.5, 0.1 * std::abs(high)));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis})
        axis->setRange(low - around, high + around);
    m_line->setData({low - around, high + around}, {low - around, high + around});
}

void EstimatePlot::style()
{
    const Theme &theme = Theme::current();
    const bool strong = theme.kind == ThemeKind::HighContrast;
    m_plot->setBackground(QBrush(theme.panel));
    m_plot->setAntialiasedElements(QCP::aePlottables | QCP::aeScatters);
    QCPAxisRect *rect = m_plot->axisRect();
    rect->setBackground(Qt::NoBrush);
    rect->setMinimumMargins({44, 10, 16, 24});
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis})
        styleAxis(*axis, GridLines::BothWays);
    QColor dot = theme.curveTrain;
    dot.setAlphaF(strong ? 0.9f : 0.55f);
    m_line->setPen(QPen(theme.textMuted, theme.edge, Qt::DashLine));
    m_dots->setScatterStyle({QCPScatterStyle::ssCircle, Qt::NoPen, QBrush(dot), 6});
    m_hovered->setScatterStyle({QCPScatterStyle::ssCircle, QPen(theme.text, 1.5), QBrush(theme.curveTrain), 9});
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPointF EstimatePlot::positionOf(const Point &point) const
{
    return m_plot->mapTo(this, QPointF(m_plot->xAxis->coordToPixel(drawn(point).x()), m_plot->yAxis->coordToPixel(drawn(point).y())));
}

std::optional<EstimatePlot::Point> EstimatePlot::pointAt(const QPoint &position) const
{
    const auto distance = [&](const Point &point) {
        const QPointF away = positionOf(point) - position;
        return std::hypot(away.x(), away.y());
    };
    const auto nearest = std::ranges::min_element(m_points, {}, distance);
    return nearest != m_points.end() && distance(*nearest) <= kReach ? std::optional(*nearest) : std::nullopt;
}

QString EstimatePlot::textAt(const QPoint &position) const
{
    const auto point = pointAt(position);
    if (!point)
        return {};
    const double error = point->predicted - point->truth;
    const QString text = tr("true %1, predicted %2").arg(shortNumberText(point->truth), shortNumberText(point->predicted));
    if (error == 0)
        return text;
    return text + (error > 0 ? tr(": %1 too high") : tr(": %1 too low")).arg(shortNumberText(std::abs(error)));
}

bool EstimatePlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Paint && isEmpty()) {
        QPainter painter(m_plot);
        painter.fillRect(m_plot->rect(), palette().color(QPalette::Window));
        paintEmptyState(painter, m_plot->rect(), "chart", tr("No predictions yet"),
            tr("After every epoch: each sample's predicted number against the true one."));
        return true;
    }
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::Leave) {
        const auto *mouse = event->type() == QEvent::MouseMove ? static_cast<QMouseEvent *>(event) : nullptr;
        const QPoint at = mouse ? m_plot->mapTo(this, mouse->pos()) : QPoint();
        const auto point = mouse ? pointAt(at) : std::nullopt;
        m_hovered->data()->clear();
        if (point) {
            m_hovered->addData(drawn(*point).x(), drawn(*point).y());
            QToolTip::showText(mouse->globalPosition().toPoint(), textAt(at), m_plot);
        } else {
            QToolTip::hideText();
        }
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    return QWidget::eventFilter(watched, event);
}

/// Not much wider than high: an error looks about the same in both directions.
void EstimatePlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const double widest = m_kind == Kind::Residuals ? 3.3 : 2.2;
    const int beside = std::max(0, int(width() - widest * height()) / 2);
    layout()->setContentsMargins(beside, 0, beside, 0);
}

void EstimatePlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        style();
}

} // namespace netloom
