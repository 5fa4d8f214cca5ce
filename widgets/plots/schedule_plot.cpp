// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/schedule_plot.h"

#include "graph/schedule.h"
#include "plots/axis_tickers.h"
#include "plots/estimate_plot.h"
#include "theme/theme.h"

#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kMostPoints = 600;
constexpr std::int64_t kUnknownBatches = 100; ///< in an epoch, while the data isn't known

class RateTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return shortNumberText(std::abs(tick) < 1e-15 ? 0 : tick); }
};

} // namespace

SchedulePlot::SchedulePlot(QWidget *parent) : QWidget(parent)
{
    setObjectName("schedulePlot");
    setFixedHeight(112);
    m_plot = new QCustomPlot(this);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents); // the wheel scrolls the form
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->addWidget(m_plot);
    m_planned = m_plot->addGraph();
    m_done = m_plot->addGraph();
    m_plot->xAxis->setLabel(tr("epoch"));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTicker(QSharedPointer<RateTicker>::create());
        axis->ticker()->setTickCount(axis == m_plot->xAxis ? 5 : 2);
    }
    style();
}

void SchedulePlot::setRecipe(const Params &recipe, std::int64_t batchesPerEpoch)
{
    const std::int64_t gathered = recipe.text("optimizer") == "LBFGS" ? 1 : recipe.integer("accumulation_steps");
    const std::int64_t perEpoch = std::max<std::int64_t>(1, ((batchesPerEpoch > 0 ? batchesPerEpoch : kUnknownBatches) + gathered - 1) / gathered);
    const Schedule schedule(recipe, perEpoch);
    const std::int64_t steps = schedule.steps();
    m_epochs = static_cast<double>(recipe.integer("epochs"));
    m_flat = recipe.text("schedule") == "constant" && recipe.real("warmup_epochs") == 0;
    QVector<QCPGraphData> points;
    const std::int64_t count = std::min<std::int64_t>(steps, kMostPoints);
    for (std::int64_t index = 0; index < count; ++index) {
        const std::int64_t step = count > 1 ? index * (steps - 1) / (count - 1) : 0;
        points.push_back({static_cast<double>(step) / static_cast<double>(perEpoch), schedule.learningRate(step)});
    }
    if (!points.empty())
        points.push_back({m_epochs, points.back().value}); // the last step lasts to the end
    m_planned->data()->set(points, true);
    rescale();
    const QString text = recipe.text("schedule") == "ReduceLROnPlateau"
        ? tr("Learning rate, as long as the loss goes on falling: when it doesn't for lr_patience epochs, it is multiplied by factor.")
        : (m_epochs == 1 ? tr("Learning rate: from %1 to %2 over %3 epoch") : tr("Learning rate: from %1 to %2 over %3 epochs")).arg(shortNumberText(schedule.learningRate(0)), shortNumberText(schedule.learningRate(steps - 1))).arg(m_epochs);
    setToolTip(text);
    setAccessibleName(text);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

double SchedulePlot::plannedAt(double epoch) const
{
    const auto at = m_planned->data()->findBegin(epoch, true);
    return at == m_planned->data()->constEnd() ? 0 : at->value;
}

void SchedulePlot::addPoint(double epoch, double lr)
{
    m_done->addData(epoch, lr);
    rescale();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SchedulePlot::clearPoints()
{
    m_done->data()->clear();
    rescale();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SchedulePlot::rescale()
{
    double most = 0;
    for (const QCPGraph *graph : {m_planned, m_done}) {
        for (const QCPGraphData &point : *graph->data())
            most = std::max(most, point.value);
    }
    m_plot->xAxis->setRange(0, m_epochs);
    m_plot->yAxis->setRange(0, most > 0 ? 1.08 * most : 1);
}

void SchedulePlot::style()
{
    const Theme &theme = Theme::current();
    m_plot->setBackground(QBrush(palette().color(QPalette::Window)));
    m_plot->setAntialiasedElements(QCP::aePlottables);
    QCPAxisRect *rect = m_plot->axisRect();
    rect->setBackground(Qt::NoBrush);
    rect->setMinimumMargins({40, 6, 8, 16});
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        styleAxis(*axis);
        axis->setTickLabelPadding(4);
        axis->setLabelPadding(0);
    }
    m_planned->setPen(QPen(theme.textMuted, 1.5));
    m_done->setPen(QPen(theme.curveTrain, 2.5));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SchedulePlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        style();
}

} // namespace netloom
