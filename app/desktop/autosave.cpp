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

Autosave::~Autosave() = default;

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
    if (m_document.isDirty())
        (void)saveProject(m_document.project(), m_document.registry(), m_file.toStdString());
    else
        QFile::remove(m_file);
}

void Autosave::finish()
{
    m_timer.stop();
    QFile::remove(m_file);
}

} // namespace netloom
