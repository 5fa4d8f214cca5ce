// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/share_plot.h"

#include "plots/axis_tickers.h"
#include "plots/empty_state.h"
#include "theme/theme.h"

#include <qcustomplot.h>

#include <QLabel>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kReach = 10; ///< px: how near the mouse must come to a curve

} // namespace

SharePlot::SharePlot(const QString &xLabel, const QString &yLabel, QWidget *parent) : QWidget(parent), m_title(new QLabel), m_plot(new QCustomPlot)
{
    setTextRole(m_title, TextRole::Section);
    m_title->setContentsMargins(12, 8, 8, 0);
    m_plot->setMinimumSize(80, 60);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_plot, 1);
    m_plot->xAxis->setLabel(xLabel);
    m_plot->yAxis->setLabel(yLabel);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setRange(0, axis == m_plot->yAxis ? 1.03 : 1.0); // curves along the upper edge stay whole
        const auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
        ticker->setTickStep(0.2);
        axis->setTicker(ticker);
    }
    m_columns = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    m_line = m_plot->addGraph();
    m_line->setData({0, 1}, {0, 1});
    m_plot->addLayer("strong", m_plot->layer("main"));
    m_plot->addLayer("mark", m_plot->layer("strong"));
    m_point = m_plot->addGraph();
    m_point->setLineStyle(QCPGraph::lsNone);
    m_point->setLayer("mark");
    setDiagonal(false);
    style();
}

void SharePlot::setTitle(const QString &title)
{
    m_title->setText(title);
    m_plot->setAccessibleName(title);
}

void SharePlot::setCurves(std::vector<Curve> curves, int strong)
{
    m_curves = std::move(curves);
    m_strong = strong;
    for (QCPGraph *graph : m_graphs)
        m_plot->removeGraph(graph);
    m_graphs.clear();
    for (const Curve &curve : m_curves) {
        QCPGraph *graph = m_plot->addGraph();
        QVector<double> x, y;
        for (const QPointF &point : curve.points) {
            x << point.x();
            y << point.y();
        }
        graph->setData(x, y, true);
        m_graphs.push_back(graph);
    }
    style();
}

void SharePlot::setBars(std::vector<Bar> bars)
{
    m_bars = std::move(bars);
    QVector<double> x, y;
    for (const Bar &bar : m_bars) {
        x << (bar.low + bar.high) / 2;
        y << bar.height;
    }
    m_columns->setData(x, y, true);
    m_columns->setWidth(m_bars.empty() ? 0.1 : 0.9 * (m_bars.front().high - m_bars.front().low));
    style();
}

void SharePlot::setDiagonal(bool shown)
{
    m_line->setVisible(shown);
}

void SharePlot::setMark(std::optional<QPointF> mark)
{
    m_mark = mark;
    m_point->data()->clear();
    if (mark)
        m_point->addData(mark->x(), mark->y());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SharePlot::style()
{
    const Theme &theme = Theme::current();
    const bool strong = theme.kind == ThemeKind::HighContrast;
    m_plot->setBackground(QBrush(theme.panel));
    m_plot->axisRect()->setMinimumMargins({44, 8, 16, 24});
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        styleAxis(*axis, GridLines::BothWays);
        axis->setBasePen(m_plot->xAxis->basePen()); // shares end at both edges
    }
    m_line->setPen(QPen(theme.textMuted, theme.edge, Qt::DashLine));
    const bool single = m_graphs.size() == 1;
    for (std::size_t index = 0; index < m_graphs.size(); ++index) {
        const bool first = single || int(index) == m_strong;
        QColor colour = theme.curveTrain;
        if (!first && !strong)
            colour.setAlphaF(m_strong >= 0 ? 0.22f : 0.6f);
        m_graphs[index]->setPen(QPen(colour, first ? 2.4 : 1.3));
        m_graphs[index]->setLayer(first ? "strong" : "main");
    }
    QColor bar = theme.curveTrain;
    bar.setAlphaF(strong ? 0.9f : 0.55f);
    m_columns->setPen(Qt::NoPen);
    m_columns->setBrush(bar);
    m_point->setPen(Qt::NoPen);
    m_point->setScatterStyle({QCPScatterStyle::ssCircle, QPen(theme.panel, 2), QBrush(theme.curveVal), 12});
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPointF SharePlot::positionOf(const QPointF &point) const
{
    return m_plot->mapTo(this, QPointF(m_plot->xAxis->coordToPixel(point.x()), m_plot->yAxis->coordToPixel(point.y())));
}

QString SharePlot::textAt(const QPoint &position) const
{
    const QPoint inPlot = m_plot->mapFrom(this, position);
    const double x = m_plot->xAxis->pixelToCoord(inPlot.x());
    for (const Bar &bar : m_bars) {
        if (x > bar.low && x <= bar.high)
            return bar.note;
    }
    double nearest = kReach;
    QString text;
    for (const Curve &curve : m_curves) {
        for (const QPointF &point : curve.points) {
            const QPointF away = positionOf(point) - position;
            if (const double distance = std::hypot(away.x(), away.y()); distance < nearest) {
                nearest = distance;
                text = tr("%1%2 %3, %4 %5").arg(curve.name.isEmpty() ? QString() : curve.name + QStringLiteral(": "), m_plot->xAxis->label(), QString::number(point.x(), 'f', 3),
                    m_plot->yAxis->label(), QString::number(point.y(), 'f', 3));
            }
        }
    }
    return text;
}

bool SharePlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Paint && isEmpty()) {
        QPainter painter(m_plot);
        painter.fillRect(m_plot->rect(), Theme::current().panel);
        paintEmptyState(painter, m_plot->rect(), "chart", tr("No curve"), tr("It takes samples of the class and others."));
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QString text = textAt(m_plot->mapTo(this, mouse->pos()));
        text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(mouse->globalPosition().toPoint(), text, m_plot);
    }
    return QWidget::eventFilter(watched, event);
}

void SharePlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        style();
}

} // namespace netloom
