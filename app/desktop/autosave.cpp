// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/autosave.h"

#include <QDir>
#include <QStandardPaths>
#include <QUndoStack>
#include <QUuid>

#include <chrono>

namespace netloom {

namespace {
constexpr std::chrono::seconds kDelay{5};
}

Autosave::Autosave(Document &document, QObject *parent)
    : QObject(parent), m_folder(QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).filePath("recovery")),
      m_file(QDir(m_folder).filePath(QUuid::createUuid().toString(QUuid::Id128) + ".netloom")), m_document(document)
{
    QDir().mkpath(m_folder);
    m_lock = std::make_unique<QLockFile>(m_file + ".lock");
    m_lock->setStaleLockTime(0);
    m_lock->tryLock();
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::update);
    connect(document.undoStack(), &QUndoStack::indexChanged, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
    connect(&document, &Document::dirtyChanged, this, [this](bool dirty) {
        if (!dirty)
            update();
    });
}

Autosave::~Autosave()
{
    m_writer.waitForDone();
}

QString Autosave::abandonedCopy() const
{
    const QDir folder(m_folder);
    for (const QString &name : folder.entryList({"*.netloom"}, QDir::Files, QDir::Time)) {
        const QString path = folder.filePath(name);
        QLockFile lock(path + ".lock");
        lock.setStaleLockTime(0);
        if (path != m_file && lock.tryLock())
            return path;
    }
    return {};
}

void Autosave::update()
{
    m_timer.stop();
    if (!m_document.isDirty()) {
        finish();
        return;
    }
    const std::string file = m_file.toStdString();
    m_writer.start([this, file, text = projectToJson(m_document.project(), m_document.registry(), m_folder.toStdString())] {
        const auto written = writeFileAtomically(file, text);
        QMetaObject::invokeMethod(this, [this, written] { tell(written); }, Qt::QueuedConnection);
    });
}

bool Autosave::updateNow()
{
    update();
    m_writer.waitForDone();
    return !m_document.isDirty() || QFile::exists(m_file);
}

void Autosave::tell(const Result<Done> &written)
{
    if (!written && !m_told)
        emit failed(QString::fromStdString(written.error().text));
    m_told = !written;
}

void Autosave::finish()
{
    m_timer.stop();
    m_writer.waitForDone();
    QFile::remove(m_file);
}

} // namespace netloom
