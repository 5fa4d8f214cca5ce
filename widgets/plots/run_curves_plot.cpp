// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/run_curves_plot.h"

#include "plots/axis_tickers.h"
#include "plots/clipped_graph.h"
#include "plots/curve_zoom.h"
#include "plots/empty_state.h"
#include "plots/epoch_cursor.h"
#include "runs/curve_statistics.h"
#include "theme/theme.h"

#include <qcustomplot.h>

#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr QSize kExported{1200, 480};

/// The names of the curves, where @p height px have room for all of them: else the tip alone tells them, and the colours in the table.
void fillLegend(const QCustomPlot &plot, QCPLegend &legend, int height)
{
    constexpr int kAround = 40; // px, the titles and margins
    std::vector<QCPGraph *> named;
    for (int index = 0; index < plot.graphCount(); ++index) {
        if (!plot.graph(index)->name().isEmpty())
            named.push_back(plot.graph(index));
    }
    if (int(named.size()) * (QFontMetrics(legend.font()).height() + legend.rowSpacing()) > height - kAround)
        named.clear();
    legend.clear();
    for (QCPGraph *graph : named)
        legend.addItem(new QCPPlottableLegendItem(&legend, graph));
    legend.setVisible(!named.empty());
}

} // namespace

RunCurvesPlot::RunCurvesPlot(QWidget *parent) : QWidget(parent)
{
    setObjectName("runCurves");
    m_plot = new QCustomPlot(this);
    m_plot->setAccessibleName(tr("Curves of the selected runs"));
    m_plot->setMinimumSize(200, 90);
    m_plot->plotLayout()->clear();
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_cursor = std::make_unique<EpochCursor>(*m_plot, [this](double epoch) { return valuesAt(epoch); });
    m_zoom = new CurveZoom(*m_plot);
    connect(m_zoom, &CurveZoom::changed, this, [this] { m_filledFor = 0; });
    m_loss.measure = "loss";
    buildPanel(m_loss);
    buildPanel(m_score);
    QCPLayoutGrid *grid = m_plot->plotLayout();
    grid->addElement(0, 0, m_loss.title);
    grid->addElement(1, 0, m_loss.rect);
    grid->addElement(0, 1, m_score.title);
    grid->addElement(1, 1, m_score.rect);
    m_legend = new QCPLegend;
    auto *right = new QCPLayoutGrid; // keeps the legend's lines together
    grid->addElement(1, 2, right);
    right->addElement(0, 0, m_legend);
    right->addElement(1, 0, new QCPLayoutElement(m_plot));
    right->setRowStretchFactor(0, 0.001);
    m_legend->setLayer("legend");
    m_legend->setFillOrder(QCPLegend::foRowsFirst);
    grid->setRowStretchFactor(0, 0.01);
    grid->setColumnStretchFactor(2, 0.01);
    grid->setColumnSpacing(10);
    grid->setRowSpacing(2);
    m_plot->setAutoAddPlottableToLegend(false);
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
        const int columns = int(m_plot->width() * m_plot->devicePixelRatioF());
        if (columns != m_filledFor)
            fill(columns);
    });
    style();
    rebuild();
}

RunCurvesPlot::~RunCurvesPlot() = default;

void RunCurvesPlot::buildPanel(Panel &panel)
{
    panel.title = new QCPTextElement(m_plot);
    panel.rect = new QCPAxisRect(m_plot);
    panel.rect->axis(QCPAxis::atBottom)->setTicker(QSharedPointer<EpochTicker>::create());
    m_plot->plotLayout()->addElement(panel.rect); // items ask for their place as soon as they are made
    m_cursor->addTo(*panel.rect);
    m_zoom->addTo(*panel.rect);
    m_plot->plotLayout()->take(panel.rect);
    m_plot->plotLayout()->simplify();
}

void RunCurvesPlot::style()
{
    const Theme &theme = Theme::current();
    m_plot->setBackground(QBrush(theme.panel));
    m_plot->setAntialiasedElements(QCP::aePlottables | QCP::aeScatters);
    for (Panel *panel : {&m_loss, &m_score}) {
        panel->title->setFont(themeFont(TextRole::Section));
        panel->title->setTextColor(theme.text);
        panel->title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
        panel->title->setMargins({10, 4, 0, 2});
        panel->rect->setBackground(Qt::NoBrush);
        panel->rect->setMinimumMargins({48, 6, 8, 24});
        panel->rect->axis(QCPAxis::atTop)->setVisible(false);
        panel->rect->axis(QCPAxis::atRight)->setVisible(false);
        styleAxis(*panel->rect->axis(QCPAxis::atBottom));
        styleAxis(*panel->rect->axis(QCPAxis::atLeft));
    }
    m_cursor->setPen(QPen(theme.borderStrong, 1));
    m_zoom->style();
    m_legend->setBrush(Qt::NoBrush);
    m_legend->setBorderPen(Qt::NoPen);
    m_legend->setFont(themeFont(TextRole::Small));
    m_legend->setTextColor(theme.text);
    m_legend->setIconSize(18, 10);
    m_legend->setRowSpacing(2);
    m_legend->setMargins({2, 6, 10, 6});
}

void RunCurvesPlot::setLines(std::vector<RunLine> lines)
{
    m_lines = RunLines(std::move(lines));
    rebuild();
}

void RunCurvesPlot::setLook(const Look &look)
{
    if (look == m_look)
        return;
    const bool other = look.logarithmic != m_look.logarithmic;
    m_look = look;
    rebuild();
    if (other)
        m_zoom->reset();
}

void RunCurvesPlot::rebuild()
{
    m_cursor->leave();
    m_drawn.clear();
    m_plot->clearPlottables();
    for (int index = m_plot->itemCount() - 1; index >= 0; --index) {
        if (qobject_cast<QCPItemTracer *>(m_plot->item(index)))
            m_plot->removeItem(index);
    }
    m_score.measure = m_lines.scoreMeasure();
    const bool log = m_look.logarithmic;
    m_loss.title->setText(log ? tr("Loss, logarithmic") : tr("Loss"));
    m_score.title->setText(m_score.measure == "r2" ? tr("R²") : tr("Accuracy"));
    QCPAxis *loss = m_loss.rect->axis(QCPAxis::atLeft);
    loss->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    loss->setTicker(log ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog) : QSharedPointer<QCPAxisTicker>(new LossTicker));
    loss->setNumberFormat(log ? "gbd" : "g");
    QCPAxis *score = m_score.rect->axis(QCPAxis::atLeft);
    score->setTicker(m_score.measure == "r2" ? QSharedPointer<QCPAxisTicker>(new LossTicker) : QSharedPointer<QCPAxisTicker>(new PercentTicker));
    score->ticker()->setTickCount(4);
    m_legend->clear();
    for (const RunLine &line : m_lines.all()) {
        addLine(line, m_loss);
        addLine(line, m_score);
    }
    fitAxes();
    m_filledFor = 0;
    const bool empty = isEmpty();
    fillLegend(*m_plot, *m_legend, m_plot->height());
    for (Panel *panel : {&m_loss, &m_score}) {
        panel->rect->setVisible(!empty);
        panel->title->setVisible(!empty);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QCPGraph *RunCurvesPlot::addGraph(Panel &panel, const QPen &pen, CurvePoints points)
{
    if (m_look.logarithmic && &panel == &m_loss)
        std::erase_if(points, [](const auto &point) { return point.second <= 0; });
    auto *graph = new ClippedGraph(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
    graph->setPen(pen);
    graph->setAdaptiveSampling(false); // fill() does that
    if (points.size() == 1)
        graph->setScatterStyle({QCPScatterStyle::ssDisc, pen.color(), 6});
    m_drawn.push_back({graph, std::move(points), &panel});
    return graph;
}

void RunCurvesPlot::addCurve(const RunLine &line, Panel &panel, const std::string &split, bool legend)
{
    const std::string curve = split + '_' + panel.measure;
    const CurvePoints mean = RunLines::mean(line, curve);
    if (mean.empty())
        return;
    const Theme &theme = Theme::current();
    const bool training = split == "train";
    if (line.runs.size() > 1) {
        std::vector<CurvePoints> curves;
        for (const RunCurves &run : line.runs) {
            if (const auto found = run.find(curve); found != run.end())
                curves.push_back(smoothed(found->second, m_look.smoothing));
        }
        const CurveBand band = bandOf(curves);
        QCPGraph *low = addGraph(panel, Qt::NoPen, band.low), *high = addGraph(panel, Qt::NoPen, band.high);
        QColor fill = line.colour;
        fill.setAlphaF(training ? 0.10F : 0.22F);
        high->setBrush(fill);
        high->setChannelFillGraph(low);
    } else if (m_look.smoothing > 0) {
        addGraph(panel, QPen(mixed(theme.panel, line.colour, 0.35), theme.edge), mean);
    }
    const QPen pen(line.colour, theme.edge + (training ? 0.2 : 1), training ? Qt::DashLine : Qt::SolidLine);
    QCPGraph *graph = addGraph(panel, pen, smoothed(mean, m_look.smoothing));
    if (legend)
        graph->setName(line.runs.size() > 1 ? tr("%1, %2 seeds").arg(line.name).arg(line.runs.size()) : line.name);
}

void RunCurvesPlot::addLine(const RunLine &line, Panel &panel)
{
    const bool validated = m_look.validation && !RunLines::mean(line, "val_" + panel.measure).empty();
    const bool inLegend = &panel == &m_loss;
    if (m_look.training)
        addCurve(line, panel, "train", inLegend && !validated);
    if (!validated)
        return;
    addCurve(line, panel, "val", inLegend);
    addBest(line, panel, m_lines.bestOfAll(panel.measure).line == &line);
}

/// A dot where a run was best; a larger one with a ring for the best of all.
void RunCurvesPlot::addBest(const RunLine &line, Panel &panel, bool ofAll)
{
    const RunLines::Best best = RunLines::bestOf(line, panel.measure);
    if (!best.line || (best.value <= 0 && m_look.logarithmic && &panel == &m_loss))
        return;
    const Theme &theme = Theme::current();
    auto *dot = new QCPItemTracer(m_plot);
    dot->setClipAxisRect(panel.rect);
    dot->position->setAxes(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
    dot->position->setAxisRect(panel.rect);
    dot->position->setCoords(best.epoch, best.value);
    dot->setStyle(QCPItemTracer::tsCircle);
    dot->setSize(ofAll ? 11 : 6);
    dot->setPen(QPen(ofAll ? theme.text : theme.panel, ofAll ? 1.6 : 1));
    dot->setBrush(line.colour);
}

/// Axes that hold every point that is shown, unless people have zoomed in: the loss from 0 unless that would flatten the curves, the score up to 1.
void RunCurvesPlot::fitAxes()
{
    for (Panel *panel : {&m_loss, &m_score}) {
        double first = 1, last = 1, low = INFINITY, high = -INFINITY;
        for (const Drawn &drawn : m_drawn) {
            if (drawn.panel != panel)
                continue;
            for (const auto &[x, y] : drawn.points) {
                last = std::max(last, x);
                first = std::min(first, x);
                low = std::min(low, y);
                high = std::max(high, y);
            }
        }
        if (low > high)
            low = 0, high = 1;
        const double side = std::max(last - first, 1.0) * 0.02;
        QCPAxis *x = panel->rect->axis(QCPAxis::atBottom), *y = panel->rect->axis(QCPAxis::atLeft);
        m_zoom->setWhole(*x, {first - side, last + side});
        const double room = 0.05 * std::max(high - low, 1e-9);
        if (panel == &m_loss && m_look.logarithmic)
            m_zoom->setWhole(*y, {low / 1.15, high * 1.15});
        else if (panel == &m_loss)
            m_zoom->setWhole(*y, {low >= 0 && low < 0.3 * high ? 0 : low - room, high + room});
        else
            m_zoom->setWhole(*y, {std::max(low - room, std::min(-1.0, high - 1)), std::min(high + room, 1.02)});
    }
}

void RunCurvesPlot::fill(int columns)
{
    m_filledFor = columns;
    for (const Drawn &drawn : m_drawn) {
        const QCPRange range = drawn.graph->keyAxis()->range();
        QVector<QCPGraphData> data;
        for (const auto &[x, y] : decimated(drawn.points, range.lower, range.upper, columns))
            data.push_back({x, y});
        drawn.graph->data()->set(data, true);
    }
}

QImage RunCurvesPlot::toImage()
{
    constexpr int kScale = 2;
    const QSize size = kExported.expandedTo(m_plot->size());
    fill(size.width() * kScale);
    fillLegend(*m_plot, *m_legend, size.height());
    const QImage image = m_plot->toPixmap(size.width(), size.height(), kScale).toImage();
    m_filledFor = 0;
    fillLegend(*m_plot, *m_legend, m_plot->height());
    return image;
}

bool RunCurvesPlot::saveSvg(const QString &path)
{
    const QSize size = kExported.expandedTo(m_plot->size());
    fill(2 * size.width());
    fillLegend(*m_plot, *m_legend, size.height());
    QSvgGenerator svg;
    svg.setFileName(path);
    svg.setSize(size);
    svg.setViewBox(QRect({0, 0}, size));
    svg.setTitle(tr("Curves of runs"));
    QCPPainter painter;
    if (!painter.begin(&svg))
        return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.fillRect(QRect({0, 0}, size), Theme::current().panel);
    m_plot->toPainter(&painter, size.width(), size.height());
    m_filledFor = 0;
    fillLegend(*m_plot, *m_legend, m_plot->height());
    return painter.end();
}

QString RunCurvesPlot::valuesAt(double epoch) const
{
    return m_lines.textAt(epoch, m_look.training, m_look.validation);
}

bool RunCurvesPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseMove) {
        isEmpty() ? m_cursor->leave() : m_cursor->moveTo(static_cast<QMouseEvent *>(event)->pos());
    } else if (event->type() == QEvent::Leave) {
        m_cursor->leave();
    } else if (event->type() == QEvent::Paint && isEmpty()) {
        QPainter painter(m_plot);
        painter.fillRect(m_plot->rect(), Theme::current().panel);
        paintEmptyState(painter, m_plot->rect(), "chart", tr("Nothing selected"), tr("Select runs in the table to see their curves over each other."));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RunCurvesPlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_filledFor = 0;
    fillLegend(*m_plot, *m_legend, height());
}

void RunCurvesPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        style();
        rebuild();
    }
}

} // namespace netloom
