// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/try_presenter.h"

#include "data/folder_scan.h"
#include "desktop/save_dialog.h"
#include "desktop/thumbnail_store.h"
#include "evaluation/try_pane.h"
#include "inspect/thumbnail.h"
#include "panels/fact_rows.h"
#include "run/chosen_threshold.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include <mutex>

namespace netloom {

namespace {

constexpr int kShownSide = 640; ///< px

TryPane::Answer shown(const Prediction &prediction)
{
    return {QString::fromStdString(prediction.file), QString::fromStdString(prediction.error), prediction.probabilities, prediction.number};
}

std::vector<TryPane::Answer> shown(const std::vector<Prediction> &predictions)
{
    std::vector<TryPane::Answer> answers;
    for (const Prediction &prediction : predictions)
        answers.push_back(shown(prediction));
    return answers;
}

/// As it is, or where the run takes another size the middle of it, made that large.
Prediction answerFor(RunPredictor &predictor, const std::string &file)
{
    Prediction exact = predictor.answer(file).front();
    if (exact.error.empty())
        return exact;
    const Result<Picture> picture = readPictureFile(file, 3);
    if (!picture)
        return exact;
    Prediction fitted = predictor.answer(*picture);
    fitted.file = file;
    return fitted.error.empty() ? fitted : exact;
}

} // namespace

struct TryPresenter::Answerer {
    std::filesystem::path folder;
    std::mutex mutex;
    std::unique_ptr<RunPredictor> predictor; ///< once it was needed
    std::string problem;

    /// Null where the run can't answer; problem says why.
    RunPredictor *open(const NodeRegistry &registry)
    {
        if (predictor || !problem.empty())
            return predictor.get();
        const auto run = FinishedRun::load(registry, folder);
        auto loaded = run ? RunPredictor::load(registry, *run) : Result<std::unique_ptr<RunPredictor>>(run.error());
        loaded ? void(predictor = std::move(*loaded)) : void(problem = loaded.error().text);
        return predictor.get();
    }
};

TryPresenter::TryPresenter(const NodeRegistry &registry, TryPane &pane, QObject *parent) : QObject(parent), m_registry(registry), m_pane(pane)
{
    connect(&pane, &TryPane::filesRequested, this, [this] {
        const QString where = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
        if (const QStringList files = QFileDialog::getOpenFileNames(&m_pane, tr("Which files are to be answered?"), where); !files.isEmpty())
            answer(files);
    });
    connect(&pane, &TryPane::folderRequested, this, [this] {
        if (const QString folder = QFileDialog::getExistingDirectory(&m_pane, tr("Which folder's pictures are to be answered?")); !folder.isEmpty())
            answer({folder});
    });
    connect(&pane, &TryPane::pictureRequested, this, [this](const QString &file) {
        if (isPictureFile(file.toStdString()))
            answerPicture(file);
    });
    connect(&pane, &TryPane::cameraRequested, this, &TryPresenter::setCamera);
    connect(&pane, &TryPane::videoRequested, this, [this] {
        const QString video = QFileDialog::getOpenFileName(&m_pane, tr("Choose a video"), QStandardPaths::writableLocation(QStandardPaths::MoviesLocation));
        if (!video.isEmpty())
            openCamera({0, video.toStdString()});
    });
    connect(&pane, &TryPane::saveRequested, this, &TryPresenter::save);
    connect(&m_answering, &BackgroundTask::progressed, this,
        [this](qint64 done, qint64 total) { m_pane.setBusy(tr("%1 of %2").arg(grouped(done), grouped(total))); });
    connect(&m_answering, &BackgroundTask::ended, this, [this] { m_pane.setBusy({}); });
}

TryPresenter::~TryPresenter() = default;

void TryPresenter::setRun(const std::filesystem::path &folder, const QString &title)
{
    if (folder == m_folder && m_answerer)
        return;
    rest();
    m_answering.stop();
    m_folder = folder;
    m_answerer.reset();
    if (folder.empty()) {
        m_pane.setNoRun(tr("Train once: the run then answers here."));
        return;
    }
    m_answerer = std::make_shared<Answerer>();
    m_answerer->folder = folder;
    m_pane.setNoRun(tr("Opening the run…"));
    start(m_opening, [this, title](Answerer &answerer, const BackgroundTask::Report &) -> BackgroundTask::Finish {
        return [this, title, facts = answerer.predictor->facts(), folder = answerer.folder] {
            QStringList names;
            for (const std::string &name : facts.classNames)
                names << QString::fromStdString(name);
            m_pane.setRun(title, names, QString::fromStdString(facts.targetName), !facts.columns.empty(), facts.severalLabels);
            setThreshold(chosenThreshold(folder));
        };
    });
}

void TryPresenter::setThreshold(double threshold)
{
    m_threshold = threshold;
    m_pane.setThreshold(threshold);
}

/// Runs @p work with the run open and locked.
void TryPresenter::start(BackgroundTask &task, Work work)
{
    if (!m_answerer)
        return;
    task.start([this, answerer = m_answerer, &registry = m_registry, work = std::move(work)](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        const std::lock_guard lock(answerer->mutex);
        if (!answerer->open(registry))
            return [this, why = QString::fromStdString(answerer->problem)] { m_pane.setNoRun(why); };
        return work(*answerer, report);
    });
}

void TryPresenter::answer(const QStringList &paths)
{
    if (!m_answerer) {
        emit messageRequested(tr("There is no run yet that could answer: train once."));
        return;
    }
    rest();
    if (paths.size() == 1 && QFileInfo(paths.front()).isFile() && isPictureFile(paths.front().toStdString()))
        answerPicture(paths.front());
    else
        answerList(paths);
}

void TryPresenter::answerPicture(const QString &file)
{
    start(m_answering, [this, file](Answerer &answerer, const BackgroundTask::Report &) -> BackgroundTask::Finish {
        const Prediction prediction = answerFor(*answerer.predictor, file.toStdString());
        const Result<Picture> small = makeThumbnail(file.toStdString(), kShownSide);
        const QImage picture = small ? paintable(*small, 0) : QImage();
        return [this, prediction, picture] {
            m_answers = {prediction};
            m_pane.showPicture(picture, shown(prediction));
        };
    });
}

void TryPresenter::answerList(const QStringList &paths)
{
    m_pane.setBusy(tr("Looking for files…"));
    std::vector<std::string> files;
    for (const QString &path : paths)
        files.push_back(path.toStdString());
    start(m_answering, [this, files](Answerer &answerer, const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        std::vector<Prediction> predictions;
        const std::vector<Prediction> listed = listFiles(files);
        for (std::size_t index = 0; index < listed.size() && report(std::int64_t(index), std::int64_t(listed.size())); ++index) {
            const Prediction &file = listed[index];
            if (!file.error.empty())
                predictions.push_back(file);
            else if (answerer.predictor->takesRows())
                std::ranges::move(answerer.predictor->answer(file.file), std::back_inserter(predictions));
            else
                predictions.push_back(answerFor(*answerer.predictor, file.file));
        }
        return [this, predictions = std::move(predictions)] {
            m_answers = predictions;
            m_pane.showAnswers(shown(predictions));
        };
    });
}

void TryPresenter::setCamera(bool on)
{
    if (!on) {
        rest();
        return;
    }
    m_camera = std::make_unique<LiveCamera>();
    m_pane.endCamera(tr("Looking for cameras…"));
    connect(m_camera.get(), &LiveCamera::found, this, [this](const std::vector<int> &cameras) {
        if (cameras.empty())
            m_pane.endCamera(tr("No camera was found"), tr("Plug one in and press Camera again, or let a video stand in."));
        else
            openCamera({cameras.front(), {}});
    });
    m_camera->search();
}

void TryPresenter::openCamera(const CameraInput &input)
{
    if (!m_camera)
        m_camera = std::make_unique<LiveCamera>();
    disconnect(m_camera.get(), nullptr, this, nullptr);
    connect(m_camera.get(), &LiveCamera::frameArrived, this, &TryPresenter::answerFrame);
    connect(m_camera.get(), &LiveCamera::failed, this, [this](const QString &why) { m_pane.endCamera(tr("No picture"), why); });
    m_camera->open(input);
}

/// Shows every frame, and answers as many as the network manages.
void TryPresenter::answerFrame()
{
    const auto frame = m_camera->frame();
    m_pane.showFrame(imageOf(frame));
    if (m_watching.isRunning())
        return;
    start(m_watching, [this, frame](Answerer &answerer, const BackgroundTask::Report &) -> BackgroundTask::Finish {
        return [this, prediction = answerer.predictor->answer(frame->picture)] { m_pane.showFrameAnswer(shown(prediction)); };
    });
}

void TryPresenter::rest()
{
    if (!m_camera)
        return;
    m_camera.reset();
    m_watching.stop();
    m_pane.endCamera();
}

void TryPresenter::save()
{
    if (m_answers.empty() || !m_answerer || !m_answerer->predictor)
        return;
    const QString suggestion = QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).filePath(QStringLiteral("answers.csv"));
    QString filter;
    const QString path = QFileDialog::getSaveFileName(&m_pane, tr("Save the answers"), suggestion, tr("CSV (*.csv);;JSON (*.json)"), &filter);
    if (path.isEmpty())
        return;
    const bool json = path.endsWith(QLatin1String(".json")) || (QFileInfo(path).suffix().isEmpty() && filter.contains(QLatin1String("json")));
    const SourceFacts &facts = m_answerer->predictor->facts();
    const auto written = writeFileAtomically(path.toStdString(), json ? predictionsJson(m_answers, facts, m_threshold) : predictionsCsv(m_answers, facts, m_threshold));
    emit messageRequested(written ? tr("The answers are in %1").arg(path) : QString::fromStdString(written.error().text));
}

} // namespace netloom
