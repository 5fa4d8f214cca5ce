// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/fact_rows.h"
#include "panels/param_form.h"
#include "panels/score_tile.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"
#include "plots/curves_plot.h"
#include "plots/estimate_plot.h"
#include "plots/filter_grid.h"
#include "plots/schedule_plot.h"
#include "plots/share_bars.h"

#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

QString percentText(double share)
{
    return QString::number(100 * share, 'f', 1) + QString::fromUtf8(" %");
}

QString lossText(double loss)
{
    return std::isfinite(loss) ? QString::number(loss, 'f', loss < 10 ? 4 : 2) : QString::fromUtf8("∞");
}

QString r2Text(double r2)
{
    return std::isfinite(r2) ? QString::number(r2, 'f', 3) : QString::fromUtf8("–");
}

} // namespace

/// What the rules do just now, beside the headings of their settings.
void TrainingPanel::showRules(const BatchProgress &batch)
{
    if (batch.validation || batch.batches <= 0)
        return;
    if (batch.lr > 0) {
        m_schedule->addPoint(batch.epoch - 1 + double(batch.batch) / double(batch.batches), batch.lr);
        m_recipe->setGroupNote("Schedule", tr("lr %1").arg(shortNumberText(batch.lr)), tr("The learning rate of the last step"));
    }
    if (!batch.rules)
        return;
    const RuleFigures &rules = *batch.rules;
    m_recipe->setGroupNote("Optimizer", tr("gradient %1").arg(shortNumberText(rules.gradientNorm)), tr("The length of all gradients together, before it is clipped"));
    QStringList parts;
    if (rules.penalty)
        parts << tr("penalty %1").arg(shortNumberText(*rules.penalty));
    if (rules.clipped)
        parts << tr("%1 clipped").arg(percentText(*rules.clipped));
    if (rules.atMaxNorm)
        parts << tr("%1 at max_norm").arg(percentText(*rules.atMaxNorm));
    m_recipe->setGroupNote("Regularization", parts.join(QString::fromUtf8(" · ")));
}

void TrainingPanel::clearNotes()
{
    for (const char *group : {"Schedule", "Optimizer", "Regularization"})
        m_recipe->setGroupNote(group, {});
    m_schedule->clearPoints();
}

void TrainingPanel::markChange(double epoch, const QString &text)
{
    m_curves->addMark(epoch, text);
}

void TrainingPanel::beginRun(const RunOutline &outline)
{
    clearResults();
    m_run = outline;
    refreshMeasures();
    m_curves->setEpochs(outline.epochs);
    setProgress(0, {});
}

void TrainingPanel::clearResults()
{
    m_run = {};
    if (m_document.facts().learnsNumber)
        m_run.number = QString::fromStdString(m_document.facts().targetName);
    m_run.severalLabels = m_document.facts().severalLabels;
    m_validated = false;
    m_best.reset();
    clearNotes();
    m_curves->clear();
    m_confusion->clear();
    m_estimates->clear();
    m_labelScores->setBars({}, {}, {});
    m_caption.clear();
    m_filters->clear();
    refreshMeasures();
    m_report->hide();
    m_folder->hide();
}

/// Whether classes or a number are learned decides what is measured, and what is shown.
void TrainingPanel::refreshMeasures()
{
    const bool number = learnsNumber();
    for (ScoreTile *tile : {m_accuracyTile, m_lossTile, m_testTile})
        tile->setFigure({});
    m_accuracyTile->setCaption(number ? tr("R²") : m_run.severalLabels ? tr("Exact match") : tr("Accuracy"));
    m_lossTile->setCaption(number ? tr("MAE") : tr("Loss"));
    m_testTile->setCaption(number ? tr("Test R²") : m_run.severalLabels ? tr("Test exact match") : tr("Test accuracy"));
    m_testTile->hide();
    m_curves->setScore(number ? CurvesPlot::Score::R2 : CurvesPlot::Score::Accuracy);
    m_confusion->setVisible(!number && !m_run.severalLabels);
    m_labelScores->setVisible(m_run.severalLabels);
    m_estimates->setVisible(number);
    nameTabs();
    refreshCaption();
}

/// The two figures that are read across the room.
void TrainingPanel::showScores(Pass pass, double accuracy, double loss, const std::optional<NumberFigures> &numbers)
{
    const bool validation = pass == Pass::Validation;
    m_lossTile->setToolTip({});
    if (!numbers) {
        if (m_run.severalLabels)
            m_accuracyTile->setCaption(validation ? tr("Validation exact match") : tr("Training exact match"));
        else
            m_accuracyTile->setCaption(validation ? tr("Validation accuracy") : tr("Training accuracy"));
        m_lossTile->setCaption(validation ? tr("Validation loss") : tr("Training loss"));
        m_accuracyTile->setFigure(percentText(accuracy));
        m_lossTile->setFigure(lossText(loss));
        return;
    }
    m_accuracyTile->setCaption(validation ? tr("Validation R²") : tr("Training R²"));
    m_lossTile->setCaption(validation ? tr("Validation MAE") : tr("Training MAE"));
    m_accuracyTile->setFigure(r2Text(numbers->r2));
    m_lossTile->setFigure(shortNumberText(numbers->mae));
    m_lossTile->setToolTip(tr("By how much the number is off on average, in its own unit. RMSE %1, loss %2").arg(shortNumberText(numbers->rmse), lossText(loss)));
}

void TrainingPanel::showScores(const EpochScore &epoch)
{
    if (epoch.valLoss)
        showScores(Pass::Validation, epoch.valAccuracy.value_or(0), *epoch.valLoss, epoch.valNumbers);
    else
        showScores(Pass::Training, epoch.trainAccuracy, epoch.trainLoss, epoch.trainNumbers);
}

void TrainingPanel::addBatch(const BatchProgress &batch)
{
    const double part = batch.batches > 0 ? double(batch.batch) / double(batch.batches) : 0;
    if (!batch.validation)
        m_curves->addBatch(batch.epoch - 1 + part, batch.loss, batch.numbers ? batch.numbers->r2 : batch.accuracy);
    showRules(batch);
    if (!m_validated && !batch.validation)
        showScores(Pass::Training, batch.accuracy, batch.loss, batch.numbers);
    if (m_state != State::Running)
        return;
    QStringList parts;
    parts << (batch.validation ? tr("validating, batch %1 of %2") : tr("batch %1 of %2")).arg(grouped(batch.batch), grouped(batch.batches));
    if (const QString left = timeLeftText(batch.secondsLeft); !left.isEmpty())
        parts << left;
    if (batch.imagesPerSecond > 0)
        parts << (m_run.rows ? tr("%1 rows/s") : tr("%1 images/s")).arg(grouped(std::int64_t(std::llround(batch.imagesPerSecond))));
    const double done = m_run.epochs > 0 ? (batch.epoch - 1 + (batch.validation ? 1 : part)) / m_run.epochs : 0;
    setProgress(done, parts.join(QString::fromUtf8(" · ")));
    showStatus(tr("Epoch %1 of %2").arg(batch.epoch).arg(std::max(m_run.epochs, batch.epoch)), m_message);
    m_detail->setToolTip(m_message);
}

void TrainingPanel::addEpoch(const EpochScore &score)
{
    const auto scoreOf = [](double accuracy, const std::optional<NumberFigures> &numbers) { return numbers ? numbers->r2 : accuracy; };
    std::optional<double> valScore;
    if (score.valLoss)
        valScore = scoreOf(score.valAccuracy.value_or(0), score.valNumbers);
    m_curves->addEpoch(score.epoch, score.trainLoss, scoreOf(score.trainAccuracy, score.trainNumbers), score.valLoss, valScore);
    if (score.best)
        m_curves->markBest(score.epoch);
    m_validated = valScore.has_value();
    showScores(score);
    if (score.best)
        m_best = score;
    QStringList tips;
    if (m_best && m_best->valLoss) {
        const double best = scoreOf(m_best->valAccuracy.value_or(0), m_best->valNumbers);
        tips << tr("Best epoch so far: %1").arg(learnsNumber() ? r2Text(best) : percentText(best));
    }
    if (score.waited > 0)
        tips << (score.waited == 1 ? tr("1 epoch without an improvement") : tr("%1 epochs without an improvement").arg(score.waited));
    if (score.averaged > 0)
        tips << tr("Measured with an average of weights");
    m_accuracyTile->setToolTip(tips.join('\n'));
}

void TrainingPanel::setConfusion(int classes, const std::vector<std::int64_t> &counts, const QString &caption)
{
    m_confusion->setMatrix(classes, counts, m_run.classNames);
    m_caption = caption;
    refreshCaption();
}

void TrainingPanel::setEstimates(const std::vector<std::pair<double, double>> &estimates, const QString &caption)
{
    std::vector<EstimatePlot::Point> points;
    for (const auto &[truth, predicted] : estimates)
        points.push_back({truth, predicted});
    m_estimates->setPoints(points, m_run.number.value_or(QString()));
    m_caption = caption;
    refreshCaption();
}

void TrainingPanel::setLabelScores(const std::vector<double> &f1, const QString &caption)
{
    constexpr std::size_t kMost = 10;
    std::vector<ShareBars::Bar> bars;
    for (std::size_t label = 0; label < f1.size(); ++label)
        bars.push_back({m_run.classNames.value(qsizetype(label)), f1[label]});
    QString note = tr("F1, precision and recall in one: 100 % is perfect.");
    if (bars.size() > kMost) {
        std::ranges::stable_sort(bars, {}, &ShareBars::Bar::share);
        note += QLatin1Char(' ') + tr("The %1 worst of %2 labels.").arg(kMost).arg(bars.size());
        bars.resize(kMost);
    }
    m_labelScores->setBars(std::move(bars), {}, note);
    m_caption = caption;
    refreshCaption();
}

void TrainingPanel::setFilters(const QString &layer, int count, int channels, int height, int width, const std::vector<float> &values)
{
    m_filters->setFilters(layer, count, channels, height, width, values);
}

void TrainingPanel::setResult(const RunOutcome &outcome)
{
    if (m_best && m_best->epoch == outcome.bestEpoch) {
        showScores(*m_best); // of the weights that are kept, not of the last ones
        m_accuracyTile->setToolTip(tr("Of epoch %1, whose weights are kept").arg(outcome.bestEpoch));
    }
    m_testTile->setVisible(outcome.testLoss.has_value());
    if (const auto &numbers = outcome.testNumbers) {
        m_testTile->setFigure(r2Text(numbers->r2));
        m_testTile->setToolTip(tr("On the test samples: MAE %1, RMSE %2").arg(shortNumberText(numbers->mae), shortNumberText(numbers->rmse)));
    } else if (outcome.testLoss) {
        m_testTile->setFigure(percentText(outcome.testAccuracy.value_or(0)));
        m_testTile->setToolTip(tr("Loss on the test samples: %1").arg(lossText(*outcome.testLoss)));
    }
    m_report->setVisible(!outcome.folder.isEmpty());
    m_folder->setVisible(!outcome.folder.isEmpty());
    m_folder->setToolTip(outcome.folder);
    QStringList parts;
    if (outcome.stopped)
        parts << tr("stopped by hand");
    if (outcome.stoppedEarly)
        parts << tr("stopped early, since it got no better");
    if (outcome.bestEpoch > 0)
        parts << tr("weights of epoch %1 kept").arg(outcome.bestEpoch);
    if (outcome.unreadable > 0)
        parts << (outcome.unreadable == 1 ? tr("1 sample could not be read") : tr("%1 samples could not be read").arg(outcome.unreadable));
    m_message = parts.join(QString::fromUtf8(" · "));
    refreshState();
}

} // namespace netloom
