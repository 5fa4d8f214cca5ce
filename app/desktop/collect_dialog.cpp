// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/collect_dialog.h"

#include "panels/camera_view.h"
#include "panels/class_recorder.h"
#include "panels/elided_label.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kBeat = 125; // ms: eight pictures a second
constexpr int kHiccup = 100; // ms: a key that repeats may come up and go down again by itself
constexpr auto kFolderSetting = "collect/folder";

} // namespace

QString CollectDialog::usualFolder()
{
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QSettings().value(kFolderSetting, QDir(pictures).filePath("netloom-pictures")).toString();
}

void CollectDialog::connectCamera()
{
    connect(&m_camera, &LiveCamera::found, this, [this](const std::vector<int> &cameras) {
        showInputs(cameras);
        if (m_camera.input())
            return;
        if (!cameras.empty())
            return open({cameras.front(), {}});
        m_view->setEmpty(tr("No camera was found"), tr("Plug one in and look for it again, or let a video stand in."), true);
    });
    connect(&m_camera, &LiveCamera::frameArrived, this, &CollectDialog::showFrame);
    connect(&m_camera, &LiveCamera::failed, this, &CollectDialog::showFailure);
    connect(m_view, &CameraView::videoRequested, this, &CollectDialog::browseVideo);
    connect(m_input, &QComboBox::activated, this, &CollectDialog::chooseInput);
    m_beat.setInterval(kBeat);
    m_beat.setTimerType(Qt::PreciseTimer);
    connect(&m_beat, &QTimer::timeout, this, &CollectDialog::recordFrame);
    m_view->setEmpty(tr("Looking for cameras…"), {}, false);
    showInputs({});
    m_camera.search();
}

void CollectDialog::connectWriter()
{
    connect(&m_writer, &CollectionWriter::listed, this, &CollectDialog::showClasses);
    connect(&m_writer, &CollectionWriter::written, this, [this](const QString &name, const QImage &thumbnail) {
        if (ClassRecorder *found = recorder(name))
            found->addPicture(thumbnail);
        refresh();
    });
    connect(&m_writer, &CollectionWriter::takenBack, this,
        [this](qint64 count) { say(count == 1 ? tr("1 picture moved to “%1”.").arg(PictureCollection::kRemovedFolder) : tr("%1 pictures moved to “%2”.").arg(QLocale().toString(count), PictureCollection::kRemovedFolder)); });
    connect(&m_writer, &CollectionWriter::canTakeBackChanged, m_undo, &QWidget::setEnabled);
    connect(&m_writer, &CollectionWriter::failed, this, [this](const QString &why) {
        stopRecording();
        say(why, true);
    });
    connect(&m_writer, &CollectionWriter::idle, this, [this] {
        if (m_ending)
            QDialog::done(*m_ending);
    });
}

void CollectDialog::showInputs(const std::vector<int> &cameras)
{
    m_cameras = cameras;
    const auto &now = m_camera.input();
    if (now && now->video.empty() && !std::ranges::count(m_cameras, now->camera))
        m_cameras.insert(m_cameras.begin(), now->camera); // one that is open doesn't open again
    m_input->clear();
    for (const int camera : m_cameras)
        m_input->addItem(themedIcon("camera"), tr("Camera %1").arg(camera + 1));
    if (!m_video.isEmpty())
        m_input->addItem(themedIcon("play"), QFileInfo(m_video).fileName());
    const int choices = m_input->count();
    if (choices == 0)
        m_input->addItem(tr("No camera"));
    m_input->insertSeparator(m_input->count());
    m_input->addItem(themedIcon("open"), tr("Choose a video…"), "video");
    m_input->addItem(themedIcon("reset"), tr("Look for cameras again"), "search");
    const auto camera = now ? std::ranges::find(m_cameras, now->camera) : m_cameras.end();
    m_input->setCurrentIndex(now && !now->video.empty() ? choices - 1 : camera == m_cameras.end() ? 0 : int(camera - m_cameras.begin()));
}

void CollectDialog::chooseInput(int index)
{
    const QString asked = m_input->itemData(index).toString();
    if (asked == "video")
        browseVideo();
    else if (asked == "search")
        m_camera.search();
    else if (std::size_t(index) < m_cameras.size())
        open({m_cameras[std::size_t(index)], {}});
    else if (!m_video.isEmpty())
        open({0, m_video.toStdString()});
    showInputs(m_cameras);
}

void CollectDialog::open(const CameraInput &input)
{
    stopRecording();
    m_lastFrame = 0;
    m_view->setEmpty(input.video.empty() ? tr("Waiting for the camera…") : tr("Opening the video…"), {}, false);
    m_mirror->setChecked(input.video.empty()); // a video shows others, not a mirror
    m_camera.open(input);
    showInputs(m_cameras);
    refresh();
}

void CollectDialog::openVideo(const QString &file)
{
    m_video = file;
    open({0, file.toStdString()});
}

void CollectDialog::browseVideo()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a video"), QFileInfo(m_video).path(),
        tr("Videos (*.mp4 *.m4v *.mov *.webm *.mkv *.avi *.mpg *.mpeg *.ogv);;All files (*)"));
    if (!file.isEmpty())
        openVideo(file);
}

void CollectDialog::browseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder to collect in"), m_folder);
    if (!folder.isEmpty())
        setFolder(folder);
}

void CollectDialog::setFolder(const QString &folder)
{
    stopRecording();
    m_folder = folder;
    m_folderLabel->setText(QDir::toNativeSeparators(folder));
    m_folderLabel->setToolTip(m_folderLabel->text());
    m_writer.open(folder);
}

void CollectDialog::showFrame()
{
    const bool first = m_view->isEmpty();
    m_view->setFrame(imageOf(m_camera.frame()));
    if (first)
        refresh();
}

void CollectDialog::showFailure(const QString &why)
{
    stopRecording();
    m_view->setEmpty(tr("No picture"), why, true);
    refresh();
}

void CollectDialog::applyLook()
{
    m_view->setMirrored(m_mirror->isChecked());
    m_view->setSquare(m_square->isChecked());
    m_mirrorFiles->setEnabled(m_mirror->isChecked());
}

void CollectDialog::addClass()
{
    const QString name = m_newClass->text().trimmed();
    if (const auto problem = classNameProblem(name.toStdString()))
        return say(QString::fromStdString(*problem), true);
    say({});
    m_newClass->clear();
    m_writer.addClass(name);
}

void CollectDialog::renameClass(const QString &name)
{
    bool agreed = false;
    const QString wanted = QInputDialog::getText(this, tr("Rename the class"), tr("Name"), QLineEdit::Normal, name, &agreed).trimmed();
    if (agreed)
        m_writer.renameClass(name, wanted);
}

void CollectDialog::showClasses(const QList<RecordedClass> &classes)
{
    // Those that stay keep their widget: one of them may be held down.
    std::vector<ClassRecorder *> shown;
    for (const RecordedClass &entry : classes) {
        ClassRecorder *row = recorder(entry.name);
        if (!row)
            row = makeRecorder(entry.name);
        row->setPictures(entry.count, entry.thumbnails);
        row->setKey(shown.size() < 9 ? int(shown.size()) + 1 : 0);
        shown.push_back(row);
    }
    for (ClassRecorder *old : m_recorders) {
        if (!std::ranges::count(shown, old))
            old->deleteLater();
    }
    m_recorders = std::move(shown);
    for (std::size_t place = 0; place < m_recorders.size(); ++place)
        m_list->insertWidget(int(place), m_recorders[place]);
    if (m_recorders.empty())
        m_newClass->setFocus();
    refresh();
}

ClassRecorder *CollectDialog::makeRecorder(const QString &name)
{
    auto *row = new ClassRecorder(name);
    connect(row, &ClassRecorder::held, this, [this, name] { startRecording(name); });
    connect(row, &ClassRecorder::letGo, this, &CollectDialog::stopRecording);
    connect(row, &ClassRecorder::renameRequested, this, [this, name] { renameClass(name); });
    connect(row, &ClassRecorder::removeRequested, this, [this, name] { m_writer.removeClass(name); });
    return row;
}

ClassRecorder *CollectDialog::recorder(const QString &name) const
{
    const auto found = std::ranges::find(m_recorders, name, &ClassRecorder::name);
    return found == m_recorders.end() ? nullptr : *found;
}

void CollectDialog::refresh()
{
    const bool live = !m_view->isEmpty();
    for (ClassRecorder *row : m_recorders)
        row->setCanRecord(live);
    m_hint->setText(m_recorders.empty() ? tr("Add a class for each thing to be told apart, such as “cup” and “pen”. One class for “nothing” helps.")
                                        : tr("Hold a button, or its number on the keyboard, and turn the thing before the camera."));
    m_use->setEnabled(m_purpose == Purpose::FillSource || pictures() > 0);
}

qint64 CollectDialog::pictures() const
{
    qint64 sum = 0;
    for (const ClassRecorder *row : m_recorders)
        sum += row->count();
    return sum;
}

void CollectDialog::startRecording(const QString &className)
{
    stopRecording();
    if (m_view->isEmpty())
        return;
    say({});
    const bool goesOn = className == m_lastRecording && m_sinceRecording.isValid() && m_sinceRecording.elapsed() < kHiccup;
    m_recording = className;
    m_view->setRecording(className);
    recorder(className)->setRecording(true);
    if (!goesOn)
        m_writer.beginRecording();
    recordFrame();
    m_beat.start();
}

void CollectDialog::stopRecording()
{
    if (m_recording.isEmpty())
        return;
    m_beat.stop();
    m_heldKey = 0;
    m_lastRecording = m_recording;
    m_sinceRecording.start();
    if (ClassRecorder *row = recorder(m_recording))
        row->setRecording(false);
    m_recording.clear();
    m_view->setRecording({});
}

void CollectDialog::takeBack()
{
    stopRecording();
    m_sinceRecording.invalidate(); // what comes now is another recording
    m_writer.takeBack();
}

void CollectDialog::recordFrame()
{
    const auto frame = m_camera.frame();
    if (!frame || frame->number == m_lastFrame) // the camera is slower
        return;
    m_lastFrame = frame->number;
    const FrameCut cut{m_square->isChecked(), m_mirror->isChecked() && m_mirrorFiles->isChecked()};
    m_writer.write(frame, m_recording, cut, m_format->currentIndex() == 0 ? PictureFormat::Jpeg : PictureFormat::Png);
}

void CollectDialog::keyPressEvent(QKeyEvent *event)
{
    const int number = event->key() - Qt::Key_0;
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    if (!plain || number < 1 || number > 9 || std::size_t(number) > m_recorders.size())
        return QDialog::keyPressEvent(event);
    if (event->isAutoRepeat() || !m_recording.isEmpty())
        return;
    startRecording(m_recorders[std::size_t(number) - 1]->name());
    m_heldKey = m_recording.isEmpty() ? 0 : event->key();
}

void CollectDialog::keyReleaseEvent(QKeyEvent *event)
{
    if (event->isAutoRepeat() || event->key() != m_heldKey)
        return QDialog::keyReleaseEvent(event);
    stopRecording();
}

void CollectDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && !isActiveWindow())
        stopRecording(); // the key's release goes elsewhere
}

void CollectDialog::reject()
{
    if (m_purpose == Purpose::FillSource && pictures() > 0)
        accept();
    else
        QDialog::reject();
}

void CollectDialog::done(int result)
{
    stopRecording();
    QSettings().setValue(kFolderSetting, m_folder);
    if (!m_writer.isBusy())
        return QDialog::done(result);
    m_ending = result;
    setEnabled(false);
    say(tr("Writing the last pictures…"));
}

} // namespace netloom
