// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/curves_plot.h"

#include "plots/clipped_graph.h"
#include "plots/curve_zoom.h"
#include "plots/empty_state.h"
#include "plots/epoch_cursor.h"
#include "plots/plot_legend.h"

#include <qcustomplot.h>

#include <QContextMenuEvent>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

QString figure(double number)
{
    return QString::number(number, 'f', 4);
}

QString csvNumber(double number)
{
    return QString::number(number, 'g', 9);
}

} // namespace

CurvesPlot::CurvesPlot(QWidget *parent) : QWidget(parent)
{
    setObjectName("curves");
    m_legend = new PlotLegend(this);
    m_plot = new QCustomPlot(this);
    m_plot->setAccessibleName(tr("Curves"));
    m_plot->setMinimumSize(80, 60);
    m_plot->plotLayout()->clear();
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_legend);
    layout->addWidget(m_plot, 1);
    m_cursor = std::make_unique<EpochCursor>(*m_plot, [this](double epoch) { return valuesAt(epoch); });
    m_zoom = new CurveZoom(*m_plot);
    buildPanel(m_loss, tr("Loss"));
    buildPanel(m_score, tr("Accuracy"));
    // However many points come between two frames, the axes are fitted once.
    connect(m_plot, &QCustomPlot::beforeReplot, this, &CurvesPlot::rescale);
    m_sideBySide = true;
    arrange();
    styleAll();
    clear();
}

CurvesPlot::~CurvesPlot() = default;

void CurvesPlot::buildPanel(Panel &panel, const QString &title)
{
    panel.title = new QCPTextElement(m_plot, title);
    panel.rect = new QCPAxisRect(m_plot);
    QCPAxis *x = panel.rect->axis(QCPAxis::atBottom);
    QCPAxis *y = panel.rect->axis(QCPAxis::atLeft);
    for (QCPAxis *axis : {x, y})
        axis->setLayer("axes");
    panel.batches = new ClippedGraph(x, y);
    panel.train = new ClippedGraph(x, y);
    panel.val = new ClippedGraph(x, y);
    // Items ask for an axis rect as soon as they are made; arrange() gives the real places.
    m_plot->plotLayout()->addElement(panel.rect);
    panel.best = uprightLine(*panel.rect);
    m_cursor->addTo(*panel.rect);
    m_zoom->addTo(*panel.rect);
}

void CurvesPlot::addMark(double epoch, const QString &text)
{
    for (Panel *panel : {&m_loss, &m_score}) {
        QCPItemLine *line = uprightLine(*panel->rect);
        line->start->setCoords(epoch, 0);
        line->end->setCoords(epoch, 1);
        line->setVisible(true);
        auto *words = new QCPItemText(m_plot);
        words->setClipAxisRect(panel->rect);
        words->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        words->position->setParentAnchor(line->start);
        words->position->setType(QCPItemPosition::ptAbsolute);
        words->position->setCoords(3, 1);
        words->setText(text);
        panel->marks.emplace_back(line, words);
        styleMarks(*panel);
    }
    replot();
}

QStringList CurvesPlot::marks() const
{
    QStringList texts;
    for (const auto &[line, words] : m_loss.marks)
        texts << words->text();
    return texts;
}

void CurvesPlot::setScore(Score score)
{
    m_measure = score;
    m_score.title->setText(score == Score::R2 ? tr("R²") : tr("Accuracy"));
    styleScale();
    replot();
}

void CurvesPlot::setEpochs(int epochs)
{
    m_planned = std::max(epochs, 0);
    replot();
}

void CurvesPlot::appendBatch(Panel &panel, double x, double y)
{
    if (!std::isfinite(y))
        return;
    if (!panel.series.add(x, y)) {
        panel.batches->addData(x, y);
        return;
    }
    QVector<QCPGraphData> data;
    data.reserve(int(panel.series.points().size()));
    for (const CurveSeries::Point &point : panel.series.points())
        data.push_back({point.x, point.y});
    panel.batches->data()->set(data, true);
}

void CurvesPlot::addBatch(double epoch, double loss, double score)
{
    appendBatch(m_loss, epoch, loss);
    appendBatch(m_score, epoch, score);
    replot();
}

void CurvesPlot::addEpoch(int epoch, double trainLoss, double trainScore, std::optional<double> valLoss, std::optional<double> valScore)
{
    m_epochs.push_back({epoch, trainLoss, trainScore, valLoss, valScore});
    m_loss.train->addData(epoch, trainLoss);
    if (std::isfinite(trainScore))
        m_score.train->addData(epoch, trainScore);
    if (valLoss)
        m_loss.val->addData(epoch, *valLoss);
    if (valScore && std::isfinite(*valScore))
        m_score.val->addData(epoch, *valScore);
    replot();
}

void CurvesPlot::markBest(int epoch)
{
    m_best = epoch;
    m_legend->setBestEpoch(epoch);
    for (Panel *panel : {&m_loss, &m_score}) {
        panel->best->setVisible(epoch > 0);
        panel->best->start->setCoords(epoch, 0);
        panel->best->end->setCoords(epoch, 1);
    }
    replot();
}

void CurvesPlot::clear()
{
    m_cursor->leave();
    m_zoom->reset();
    m_epochs.clear();
    for (Panel *panel : {&m_loss, &m_score}) {
        panel->series.clear();
        for (QCPGraph *graph : {panel->batches, panel->train, panel->val})
            graph->data()->clear();
        for (const auto &[line, words] : panel->marks) {
            m_plot->removeItem(words);
            m_plot->removeItem(line);
        }
        panel->marks.clear();
    }
    markBest(0);
}

bool CurvesPlot::isEmpty() const
{
    return m_epochs.empty() && m_loss.series.points().empty();
}

void CurvesPlot::replot()
{
    const bool empty = isEmpty();
    m_legend->setVisible(!empty);
    for (Panel *panel : {&m_loss, &m_score}) {
        panel->rect->setVisible(!empty);
        panel->title->setVisible(!empty);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QString CurvesPlot::toCsv() const
{
    const QString score = m_measure == Score::R2 ? "r2" : "accuracy";
    QString csv = QStringLiteral("epoch,train_loss,train_%1,val_loss,val_%1\n").arg(score);
    for (const EpochRow &row : m_epochs) {
        csv += QString::number(row.epoch) + ',' + csvNumber(row.trainLoss) + ',' + csvNumber(row.trainScore) + ','
            + (row.valLoss ? csvNumber(*row.valLoss) : QString()) + ',' + (row.valScore ? csvNumber(*row.valScore) : QString()) + '\n';
    }
    return csv;
}

QImage CurvesPlot::toImage()
{
    rescale();
    const QSize size(std::max(m_plot->width(), 900), std::max(m_plot->height(), 360));
    return m_plot->toPixmap(size.width(), size.height(), 2).toImage();
}

QString CurvesPlot::scoreText(double score) const
{
    return m_measure == Score::R2 ? tr("R² %1").arg(score, 0, 'f', 3) : tr("accuracy %1 %").arg(100 * score, 0, 'f', 1);
}

QString CurvesPlot::valuesAt(double epoch) const
{
    if (isEmpty())
        return {};
    QStringList lines;
    const auto batchValue = [epoch](const Panel &panel) -> std::optional<CurveSeries::Point> {
        const auto &points = panel.series.points();
        if (points.empty())
            return std::nullopt;
        auto after = std::ranges::lower_bound(points, epoch, {}, &CurveSeries::Point::x);
        if (after == points.end() || (after != points.begin() && epoch - std::prev(after)->x < after->x - epoch))
            --after;
        return *after;
    };
    const auto nearest = std::ranges::min_element(m_epochs, {}, [epoch](const EpochRow &row) { return std::abs(row.epoch - epoch); });
    const bool atEpoch = nearest != m_epochs.end() && std::abs(nearest->epoch - epoch) < 0.25;
    if (atEpoch) {
        lines << tr("Epoch %1").arg(nearest->epoch) + (nearest->epoch == m_best ? tr(" (best)") : QString());
        lines << tr("Training: loss %1, %2").arg(figure(nearest->trainLoss), scoreText(nearest->trainScore));
        if (nearest->valLoss && nearest->valScore)
            lines << tr("Validation: loss %1, %2").arg(figure(*nearest->valLoss), scoreText(*nearest->valScore));
    } else if (const auto loss = batchValue(m_loss), score = batchValue(m_score); loss && score) {
        lines << tr("Within epoch %1").arg(int(std::floor(loss->x - 1e-9)) + 1);
        lines << tr("Training so far: loss %1, %2").arg(figure(loss->y), scoreText(score->y));
    }
    return lines.join('\n');
}

bool CurvesPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseMove)
        isEmpty() ? m_cursor->leave() : m_cursor->moveTo(static_cast<QMouseEvent *>(event)->pos());
    else if (event->type() == QEvent::Leave)
        m_cursor->leave();
    else if (event->type() == QEvent::Paint && isEmpty()) {
        QPainter painter(m_plot);
        painter.fillRect(m_plot->rect(), palette().color(QPalette::Window));
        paintEmptyState(painter, m_plot->rect(), "chart", tr("No curves yet"), m_measure == Score::R2 ? tr("Loss and R² are drawn here while the network trains.")
                                       : tr("Loss and accuracy are drawn here while the network trains."));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void CurvesPlot::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *image = menu.addAction(tr("Save curves as picture…"), this, [this] { emit exportImageRequested(toImage()); });
    QAction *csv = menu.addAction(tr("Save numbers as CSV…"), this, [this] { emit exportCsvRequested(toCsv()); });
    image->setEnabled(!isEmpty());
    csv->setEnabled(!m_epochs.empty());
    menu.exec(event->globalPos());
}

void CurvesPlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool sideBySide = width() > height() * 1.35;
    if (sideBySide != m_sideBySide) {
        m_sideBySide = sideBySide;
        arrange();
    }
}

void CurvesPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        styleAll();
}

} // namespace netloom
