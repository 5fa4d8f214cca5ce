// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/evaluation_view.h"

#include "evaluation/class_table.h"
#include "evaluation/judged_pane.h"
#include "evaluation/label_score_table.h"
#include "evaluation/try_pane.h"
#include "panels/score_tile.h"
#include "plots/confusion_matrix_view.h"
#include "plots/estimate_plot.h"
#include "plots/share_plot.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>
#include <numeric>

namespace netloom {

namespace {

constexpr std::size_t kDrawnNumbers = 2000; ///< dots in a plot

QString shareText(double share)
{
    return std::isnan(share) ? QString::fromUtf8("–") : QString::number(share, 'f', 3);
}

} // namespace

void EvaluationView::connectParts()
{
    connect(m_runs, &QComboBox::activated, this, &EvaluationView::runChosen);
    connect(m_splits, &QComboBox::activated, this, &EvaluationView::evaluateRequested);
    connect(m_evaluate, &QPushButton::clicked, this, &EvaluationView::evaluateRequested);
    connect(m_stop, &QToolButton::clicked, this, &EvaluationView::stopRequested);
    connect(m_matrix, &ConfusionMatrixView::cellClicked, this, &EvaluationView::openCell);
    connect(m_matrix, &ConfusionMatrixView::cellHovered, this, &EvaluationView::readOut);
    connect(m_show, &QComboBox::currentIndexChanged, m_matrix, [this](int show) { m_matrix->setShow(ConfusionMatrixView::Show(show)); });
    connect(m_order, &QComboBox::currentIndexChanged, this, &EvaluationView::orderClasses);
    connect(m_curveClass, &QComboBox::currentIndexChanged, this, &EvaluationView::showCurves);
    connect(m_classes, &ClassTable::classChosen, this, [this](int label) {
        m_matrix->setMarked(-1, -1);
        m_judged->showClass(label);
    });
    connect(m_labels, &LabelScoreTable::countChosen, m_judged, &JudgedPane::showLabelCell);
    connect(m_labels, &LabelScoreTable::labelChosen, m_judged, &JudgedPane::showClass);
    connect(m_judged, &JudgedPane::mistakesShown, this, [this] {
        m_matrix->setMarked(-1, -1);
        m_classes->clearSelection();
        m_labels->clearSelection();
    });
    connect(m_heads, &QComboBox::activated, this, &EvaluationView::headChosen);
    connect(m_judged, &JudgedPane::browseRequested, this, &EvaluationView::browseRequested);
    connect(m_threshold, &QSlider::valueChanged, this, [this](int value) { emit thresholdChanged(value / 100.0); });
    connect(m_tabs, &QTabWidget::currentChanged, this, &EvaluationView::arrange);
}

void EvaluationView::setRuns(const std::vector<Run> &runs, int chosen)
{
    const QSignalBlocker blocker(m_runs);
    m_runs->clear();
    for (const Run &run : runs) {
        m_runs->addItem(run.title);
        m_runs->setItemData(m_runs->count() - 1, run.toolTip, Qt::ToolTipRole);
    }
    m_runs->setCurrentIndex(chosen);
    for (QWidget *part : std::initializer_list<QWidget *>{m_runs, m_splits, m_evaluate})
        part->setEnabled(!runs.empty());
}

int EvaluationView::chosenRun() const
{
    return m_runs->currentIndex();
}

void EvaluationView::setHeads(const QStringList &names, int chosen)
{
    const QSignalBlocker blocker(m_heads);
    m_heads->clear();
    for (const QString &name : names)
        m_heads->addItem(m_heads->count() == 0 ? tr("Head %1, which predicts").arg(name) : tr("Head %1").arg(name));
    m_heads->setCurrentIndex(chosen);
    m_heads->setVisible(names.size() > 1);
}

void EvaluationView::setSplit(int split)
{
    m_splits->setCurrentIndex(split);
}

int EvaluationView::chosenSplit() const
{
    return m_splits->currentIndex();
}

void EvaluationView::setBusy(const QString &text)
{
    m_busy->setText(text);
    m_stop->setVisible(!text.isEmpty());
    m_evaluate->setVisible(text.isEmpty());
}

void EvaluationView::setNothing(const QString &heading, const QString &sentence)
{
    m_has = false;
    m_judged->setEvaluation(nullptr);
    m_shown = {};
    m_matrix->clear();
    m_matrix->setEmptyText(heading, sentence);
    m_readOut->clear();
    m_report->setEnabled(false);
    m_figures->hide();
    arrangeTabs();
    m_tabs->setCurrentWidget(m_matrixPage);
}

void EvaluationView::setEvaluation(ShownEvaluation evaluation)
{
    m_judged->setEvaluation(nullptr);
    m_shown = std::move(evaluation);
    m_has = true;
    {
        const QSignalBlocker blocker(m_threshold);
        m_threshold->setValue(int(std::lround(100 * m_shown.scores.threshold)));
    }
    {
        const QSignalBlocker blocker(m_curveClass);
        m_curveClass->clear();
        m_curveClass->addItem(m_shown.severalLabels ? tr("All labels") : tr("All classes"));
        for (const ShownCurve &curve : m_shown.roc)
            m_curveClass->addItem(m_shown.className(curve.label));
        m_curveClass->setVisible(m_shown.roc.size() > 1);
    }
    m_report->setEnabled(true);
    arrangeTabs();
    showFigures();
    m_judged->setEvaluation(&m_shown);
    if (m_shown.learnsNumber) {
        showNumbers();
        return;
    }
    m_matrix->clear();
    showJudgement();
    m_classes->clearSelection();
    m_labels->clearSelection();
    showCurves();
}

/// Which classes are taken for which, or what is said of each label.
void EvaluationView::showJudgement()
{
    if (m_shown.severalLabels) {
        m_labels->setLabels(m_shown.scores.labels);
        return;
    }
    showMatrix();
    m_classes->setClasses(m_shown.scores.classes, m_shown.rows ? tr("Rows") : tr("Pictures"));
}

void EvaluationView::setScores(ShownScores scores)
{
    m_shown.scores = std::move(scores);
    showFigures();
    showJudgement();
    m_roc->setMark(m_shown.scores.rocMark);
    m_precisionRecall->setMark(m_shown.scores.precisionRecallMark);
    m_judged->scoresChanged();
}

void EvaluationView::arrangeTabs()
{
    const bool number = m_has && m_shown.learnsNumber, labels = m_has && m_shown.severalLabels;
    QWidget *before = m_tabs->currentWidget();
    const auto show = [this](QWidget *page, bool shown) { m_tabs->setTabVisible(m_tabs->indexOf(page), shown); };
    show(m_classesPage, m_has && !number && !labels);
    show(m_curvesPage, m_has && !number);
    show(m_matrixPage, !number && !labels);
    show(m_numbersPage, number);
    show(m_labelsPage, labels);
    m_tabs->setCurrentWidget(m_tabs->isTabVisible(m_tabs->indexOf(before)) ? before : number ? m_numbersPage : labels ? m_labelsPage : m_matrixPage);
    arrange();
}

/// What is tried has all the room.
void EvaluationView::arrange()
{
    m_judged->setVisible(m_has && m_tabs->currentWidget() != m_try);
    m_figures->setVisible(m_has && m_tabs->currentWidget() != m_try);
}

void EvaluationView::showFigures()
{
    const std::vector<ShownFigure> &figures = m_shown.scores.figures;
    while (m_tiles->count() > int(figures.size()))
        delete m_tiles->takeAt(m_tiles->count() - 1)->widget();
    while (m_tiles->count() < int(figures.size()))
        m_tiles->addWidget(new ScoreTile({}));
    for (int index = 0; index < int(figures.size()); ++index) {
        auto *tile = static_cast<ScoreTile *>(m_tiles->itemAt(index)->widget());
        tile->setCaption(figures[std::size_t(index)].name);
        tile->setFigure(figures[std::size_t(index)].text);
        tile->setToolTip(figures[std::size_t(index)].help);
        tile->setMinimumWidth(72);
    }
    m_averages->setText(m_shown.scores.averages);
    m_labelAverages->setText(m_shown.scores.averages);
    m_thresholdBox->setVisible(m_shown.binary() || m_shown.severalLabels);
    m_threshold->setToolTip(m_shown.severalLabels ? tr("From which probability on a label is said to be there: counts and scores follow")
                                                  : tr("From which probability on the second class is the answer: matrix, scores and curves follow"));
    if (m_shown.severalLabels)
        m_thresholdText->setText(tr("A label from a probability of %1 on").arg(QString::number(m_threshold->value() / 100.0, 'f', 2)));
    if (m_shown.binary())
        m_thresholdText->setText(tr("“%1” from a probability of %2 on").arg(m_shown.className(1), QString::number(m_threshold->value() / 100.0, 'f', 2)));
}

QString EvaluationView::figure(const QString &name) const
{
    const auto found = std::ranges::find(m_shown.scores.figures, name, &ShownFigure::name);
    return found == m_shown.scores.figures.end() ? QString() : found->text;
}

void EvaluationView::showMatrix()
{
    m_matrix->setMatrix(int(m_shown.classNames.size()), m_shown.scores.counts, m_shown.classNames);
    m_matrix->setShow(ConfusionMatrixView::Show(m_show->currentIndex()));
    orderClasses();
    readOut(-1, -1);
}

void EvaluationView::orderClasses()
{
    std::vector<int> order(std::size_t(m_shown.classNames.size()));
    std::iota(order.begin(), order.end(), 0);
    if (m_order->currentIndex() == 1)
        std::ranges::stable_sort(order, [this](int a, int b) { return m_shown.classNames[a].localeAwareCompare(m_shown.classNames[b]) < 0; });
    else if (m_order->currentIndex() == 2)
        order = m_shown.similarOrder;
    m_matrix->setOrder(std::move(order));
}

void EvaluationView::readOut(int truth, int guess)
{
    if (m_has)
        m_readOut->setText(truth < 0 ? tr("Click a cell to see its pictures.") : m_matrix->cellSentence(truth, guess));
    if (m_has && m_shown.rows && truth < 0)
        m_readOut->setText(tr("Click a cell to see its rows."));
}

void EvaluationView::openCell(int truth, int guess)
{
    if (!m_has || m_shown.learnsNumber || m_shown.severalLabels)
        return;
    m_classes->clearSelection();
    m_matrix->setMarked(truth, guess);
    m_judged->showCell(truth, guess);
}

void EvaluationView::openCount(int label, LabelCell cell)
{
    if (m_has && m_shown.severalLabels)
        m_labels->setCurrentIndex(m_labels->countIndex(label, cell));
}

void EvaluationView::showTryPane()
{
    m_tabs->setCurrentWidget(m_try);
}

void EvaluationView::showCurves()
{
    const int strong = m_curveClass->currentIndex() - 1;
    const auto show = [&](SharePlot *plot, const std::vector<ShownCurve> &curves, const QString &title, const QString &areaName) {
        std::vector<SharePlot::Curve> drawn;
        double sum = 0;
        for (const ShownCurve &curve : curves) {
            drawn.push_back({m_shown.className(curve.label), curve.points});
            sum += curve.area;
        }
        const int place = strong < 0 ? -1 : int(std::ranges::find(curves, m_shown.roc[std::size_t(strong)].label, &ShownCurve::label) - curves.begin());
        const bool one = place >= 0 && place < int(curves.size());
        const double area = one ? curves[std::size_t(place)].area : curves.empty() ? std::nan("") : sum / double(curves.size());
        plot->setTitle(tr("%1  ·  %2 %3").arg(title, areaName, shareText(area)));
        plot->setCurves(std::move(drawn), one ? place : -1);
    };
    show(m_roc, m_shown.roc, tr("ROC"), tr("AUC"));
    show(m_precisionRecall, m_shown.precisionRecall, tr("Precision and recall"), tr("average precision"));
    m_roc->setMark(m_shown.scores.rocMark);
    m_precisionRecall->setMark(m_shown.scores.precisionRecallMark);
    std::vector<SharePlot::Bar> bars;
    for (const ShownCalibration::Bin &bin : m_shown.calibration.bins) {
        if (bin.count > 0)
            bars.push_back({bin.low, bin.high, bin.accuracy, (m_shown.severalLabels ? tr("Said to be there with %1 % on average, %2 % of %3 are") : tr("Said to be right with %1 % on average, %2 % of %3 are"))
                        .arg(100 * bin.confidence, 0, 'f', 1).arg(100 * bin.accuracy, 0, 'f', 1).arg(bin.count)});
    }
    m_reliability->setTitle(tr("Reliability  ·  ECE %1").arg(shareText(m_shown.calibration.error)));
    m_reliability->setBars(std::move(bars));
}

void EvaluationView::showNumbers()
{
    std::vector<EstimatePlot::Point> points;
    const std::vector<ShownSample> &samples = m_shown.scores.samples;
    const std::size_t most = std::min(samples.size(), kDrawnNumbers);
    for (std::size_t at = 0; at < most; ++at) {
        const ShownSample &sample = samples[at * samples.size() / most];
        points.push_back({sample.number, sample.predicted});
    }
    m_estimates->setPoints(points, m_shown.numberName);
    m_residuals->setPoints(points, m_shown.numberName);
}

bool EvaluationView::event(QEvent *event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QWidget::event(event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        emit backRequested();
    return true;
}

} // namespace netloom
