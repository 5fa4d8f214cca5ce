// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/training_presenter.h"

#include "desktop/save_dialog.h"
#include "panels/real_spin_box.h"
#include "panels/training_panel.h"
#include "plots/curves_plot.h"

#include <QDesktopServices>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QMessageBox>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>

namespace netloom {

namespace {

std::optional<NumberFigures> figuresOf(const std::optional<NumberScores> &scores)
{
    return scores ? std::optional(NumberFigures{scores->r2, scores->mae, scores->rmse}) : std::nullopt;
}

} // namespace

TrainingPresenter::TrainingPresenter(TrainingSession &session, TrainingPanel &panel, QObject *parent)
    : QObject(parent), m_session(session), m_panel(panel)
{
    connect(&session, &TrainingSession::eventReceived, this, qOverload<const TrainEvent &>(&TrainingPresenter::show));
    connect(&panel, &TrainingPanel::pauseRequested, this, &TrainingPresenter::setPaused);
    connect(&panel, &TrainingPanel::stopRequested, this, &TrainingPresenter::stop);
    connect(&panel, &TrainingPanel::openReportRequested, this, &TrainingPresenter::openReport);
    connect(&panel, &TrainingPanel::openFolderRequested, this, &TrainingPresenter::openFolder);
    connect(panel.curves(), &CurvesPlot::exportImageRequested, this, [this](const QImage &image) {
        saveCurves("png", [&image](const QString &path) { return image.save(path); });
    });
    connect(panel.curves(), &CurvesPlot::exportCsvRequested, this, [this](const QString &csv) {
        saveCurves("csv", [&csv](const QString &path) {
            QSaveFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(csv.toUtf8()) >= 0 && file.commit();
        });
    });
}

void TrainingPresenter::saveCurves(const QString &suffix, const std::function<bool(const QString &)> &write)
{
    const QString folder = m_session.folder().empty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                                      : QString::fromStdString(m_session.folder().string());
    const QString path = askForSaveFile(&m_panel, tr("Save curves"), QDir(folder).filePath("curves." + suffix), "*." + suffix, suffix);
    if (!path.isEmpty() && !write(path))
        QMessageBox::warning(&m_panel, tr("Save curves"), tr("%1 could not be written: choose another folder.").arg(path));
}

void TrainingPresenter::begin()
{
    m_paused = false;
    m_panel.setState(TrainingPanel::State::Preparing);
    emit activeChanged();
}

void TrainingPresenter::togglePause()
{
    if (m_session.active())
        setPaused(!m_paused);
}

void TrainingPresenter::setPaused(bool paused)
{
    m_paused = paused;
    m_session.setPaused(paused);
}

void TrainingPresenter::stop()
{
    if (!m_session.active())
        return;
    m_panel.setState(TrainingPanel::State::Stopping);
    m_session.stop();
}

void TrainingPresenter::askForLr()
{
    if (!m_session.active())
        return;
    QDialog dialog(&m_panel);
    dialog.setObjectName("lrDialog");
    dialog.setWindowTitle(tr("Change learning rate"));
    auto *field = new RealSpinBox(&dialog);
    field->setObjectName("lrField");
    field->setRange(0, 1000);
    field->setValue(m_lr);
    field->selectAll();
    auto *form = new QFormLayout(&dialog);
    auto *help = new QLabel(tr("From the next batch on. The run notes where it was changed; a schedule keeps its form."), &dialog);
    help->setWordWrap(true);
    form->addRow(help);
    form->addRow(tr("lr"), field);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    if (dialog.exec() == QDialog::Accepted)
        m_session.setLr(field->value());
}

void TrainingPresenter::openReport()
{
    openPath(m_session.folder() / "report.html");
}

void TrainingPresenter::openFolder()
{
    openPath(m_session.folder());
}

void TrainingPresenter::openPath(const std::filesystem::path &path)
{
    const QString name = QString::fromStdString(path.string());
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(name)))
        QMessageBox::information(&m_panel, tr("Run"), tr("No program on this machine opens it. It lies here:\n%1").arg(name));
}

void TrainingPresenter::show(const TrainEvent &event)
{
    std::visit([this](const auto &entry) { show(entry); }, event);
}

void TrainingPresenter::show(const TrainStarted &started)
{
    QStringList names;
    for (const std::string &name : started.classNames)
        names << QString::fromStdString(name);
    RunOutline outline{.epochs = int(started.epochs), .classNames = names, .rows = started.rows, .severalLabels = started.severalLabels};
    if (started.number)
        outline.number = QString::fromStdString(*started.number);
    m_batchesPerEpoch = std::max<std::int64_t>(1, started.batchesPerEpoch);
    m_panel.beginRun(outline);
    if (m_panel.state() != TrainingPanel::State::Stopping)
        m_panel.setState(TrainingPanel::State::Running);
}

/// What was learned before comes back on the curves.
void TrainingPresenter::show(const TrainResumed &resumed)
{
    for (const EpochDone &epoch : resumed.epochs)
        show(epoch);
    m_panel.markChange(double(resumed.epoch) - 1 + double(resumed.batch) / double(m_batchesPerEpoch), tr("resumed"));
}

void TrainingPresenter::show(const LearningRateChanged &change)
{
    m_lr = change.lr;
    m_panel.markChange(double(change.epoch) - 1 + double(change.batch) / double(m_batchesPerEpoch), tr("lr %1").arg(QString::number(change.lr, 'g', 3)));
}

void TrainingPresenter::show(const BatchDone &batch)
{
    m_lr = batch.lr;
    BatchProgress progress;
    progress.epoch = int(batch.epoch);
    progress.batch = batch.batch;
    progress.batches = batch.batches;
    progress.validation = batch.split != Split::Train;
    progress.loss = batch.loss;
    progress.accuracy = batch.accuracy;
    progress.imagesPerSecond = batch.imagesPerSecond;
    progress.secondsLeft = batch.secondsLeft;
    progress.numbers = figuresOf(batch.numbers);
    progress.lr = batch.lr;
    if (const auto &step = batch.step)
        progress.rules = RuleFigures{step->gradientNorm, step->clipped, step->penalty, step->atMaxNorm};
    m_panel.addBatch(progress);
}

void TrainingPresenter::show(const EpochDone &epoch)
{
    EpochScore score;
    score.epoch = int(epoch.epoch);
    score.trainLoss = epoch.train.loss;
    score.trainAccuracy = epoch.train.accuracy;
    if (epoch.val) {
        score.valLoss = epoch.val->loss;
        score.valAccuracy = epoch.val->accuracy;
        score.valNumbers = figuresOf(epoch.val->numbers);
    }
    score.trainNumbers = figuresOf(epoch.train.numbers);
    score.best = epoch.best;
    score.waited = int(epoch.waited);
    score.averaged = epoch.averaged;
    m_panel.addEpoch(score);
    showJudgement(epoch.confusion, epoch.estimates, epoch.labels, epoch.val ? tr("Epoch %1, validation").arg(epoch.epoch) : tr("Epoch %1, training").arg(epoch.epoch));
}

/// Which classes are taken for which, how well each label is told, or how near the numbers come.
void TrainingPresenter::showJudgement(const ConfusionMatrix &confusion, const std::vector<Estimate> &estimates, const LabelTally &labels, const QString &caption)
{
    if (!labels.empty()) {
        std::vector<double> f1;
        for (const ClassScore &score : scoresByLabel(labels, {}))
            f1.push_back(score.f1);
        m_panel.setLabelScores(f1, caption);
        return;
    }
    if (estimates.empty()) {
        m_panel.setConfusion(int(confusion.classes), confusion.counts, caption);
        return;
    }
    std::vector<std::pair<double, double>> pairs;
    for (const Estimate &estimate : estimates)
        pairs.emplace_back(estimate.truth, estimate.predicted);
    m_panel.setEstimates(pairs, caption);
}

void TrainingPresenter::show(const FiltersChanged &changed)
{
    const FilterSnapshot &filters = changed.filters;
    m_panel.setFilters(QString::fromStdString(filters.layer), int(filters.count), int(filters.channels), int(filters.height),
        int(filters.width), filters.values);
}

void TrainingPresenter::show(const TrainPaused &paused)
{
    m_paused = paused.paused;
    if (m_panel.state() != TrainingPanel::State::Stopping)
        m_panel.setState(paused.paused ? TrainingPanel::State::Paused : TrainingPanel::State::Running, QString::fromStdString(paused.reason));
}

void TrainingPresenter::show(const TrainFinished &finished)
{
    RunOutcome outcome;
    outcome.stopped = finished.stopped;
    outcome.stoppedEarly = finished.stoppedEarly;
    outcome.bestEpoch = int(finished.bestEpoch);
    if (finished.test) {
        outcome.testLoss = finished.test->loss;
        outcome.testAccuracy = finished.test->accuracy;
        outcome.testNumbers = figuresOf(finished.test->numbers);
        showJudgement(finished.confusion, finished.estimates, finished.labels, tr("Test samples, best epoch"));
    }
    outcome.folder = QString::fromStdString(m_session.folder().string());
    outcome.unreadable = int(finished.unreadable.size());
    m_panel.setState(TrainingPanel::State::Done);
    m_panel.setResult(outcome);
    emit activeChanged();
}

void TrainingPresenter::show(const TrainFailed &failed)
{
    m_panel.setState(TrainingPanel::State::Failed, QString::fromStdString(failed.text));
    emit activeChanged();
}

} // namespace netloom
