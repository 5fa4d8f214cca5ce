// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/lr_plot.h"

#include "plots/axis_tickers.h"
#include "theme/theme.h"

#include <qcustomplot.h>

#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

LrPlot::LrPlot(QWidget *parent) : QWidget(parent)
{
    setObjectName("lrPlot");
    m_plot = new QCustomPlot(this);
    m_plot->setAccessibleName(tr("Loss over learning rate"));
    m_plot->setCursor(Qt::PointingHandCursor);
    m_plot->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_curve = m_plot->addGraph();
    m_line = new QCPItemStraightLine(m_plot);
    m_words = new QCPItemText(m_plot);
    m_words->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_words->position->setTypeX(QCPItemPosition::ptPlotCoords);
    m_words->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_words->setPadding({4, 2, 4, 2});
    m_plot->xAxis->setScaleType(QCPAxis::stLogarithmic);
    m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    m_plot->xAxis->setNumberFormat("ebc");
    m_plot->xAxis->setNumberPrecision(0);
    m_plot->xAxis->setLabel(tr("learning rate"));
    m_plot->yAxis->setLabel(tr("loss"));
    style();
    choose({});
}

void LrPlot::setPoints(const std::vector<Point> &points)
{
    QVector<double> rates, losses;
    for (const Point &point : points) {
        rates << point.lr;
        losses << point.loss;
    }
    m_curve->setData(rates, losses, true);
    if (!points.empty()) {
        m_plot->xAxis->setRange(rates.front(), rates.back());
        // What explodes at the end would press everything else flat.
        const auto [lowest, highest] = std::ranges::minmax(losses);
        const double first = losses.front();
        const double top = std::min(highest, first + 1.2 * std::max(first - lowest, 0.1 * std::abs(first)));
        const double around = std::max(0.06 * (top - lowest), 1e-6);
        m_plot->yAxis->setRange(lowest - around, top + around);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LrPlot::choose(std::optional<double> lr)
{
    m_chosen = lr;
    m_line->setVisible(lr.has_value());
    m_words->setVisible(lr.has_value());
    if (lr) {
        m_line->point1->setCoords(*lr, 0);
        m_line->point2->setCoords(*lr, 1);
        const bool right = m_plot->xAxis->coordToPixel(*lr) > m_plot->width() * 0.75;
        m_words->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
        m_words->position->setCoords(*lr, 0.02);
        m_words->setText(tr("lr %1").arg(QString::number(*lr, 'g', 2)));
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPoint LrPlot::positionOf(double lr) const
{
    return m_plot->mapTo(this, QPoint(int(m_plot->xAxis->coordToPixel(lr)), m_plot->axisRect()->center().y()));
}

bool LrPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_plot && event->type() == QEvent::MouseButtonRelease && m_curve->data()->size() > 0) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QCPRange range = m_plot->xAxis->range();
        const double lr = std::clamp(m_plot->xAxis->pixelToCoord(mouse->position().x()), range.lower, range.upper);
        const double rounded = QString::number(lr, 'g', 2).toDouble(); // nobody wants 0.0031415926
        choose(rounded);
        emit chosenByHand(rounded);
    }
    return QWidget::eventFilter(watched, event);
}

void LrPlot::style()
{
    const Theme &theme = Theme::current();
    m_plot->setBackground(QBrush(theme.panel));
    m_plot->setAntialiasedElements(QCP::aePlottables);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        styleAxis(*axis, GridLines::BothWays);
        axis->setBasePen(QPen(theme.borderStrong, 1));
        axis->setTickPen(QPen(theme.borderStrong, 1));
    }
    m_curve->setPen(QPen(theme.curveTrain, theme.edge + 1));
    m_line->setPen(QPen(theme.accent, theme.edge + 0.5, Qt::DashLine));
    m_words->setColor(theme.text);
    m_words->setFont(themeFont(TextRole::Small));
    m_words->setBrush(QBrush(theme.panel));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LrPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        style();
}

} // namespace netloom
