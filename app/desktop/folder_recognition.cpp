// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/folder_recognition.h"

#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace netloom {

FolderRecognition::FolderRecognition(const NodeRegistry &registry, QObject *parent) : QObject(parent), m_registry(registry)
{
    connect(&m_watcher, &QFutureWatcher<std::optional<DataChoice>>::finished, this, &FolderRecognition::finish);
}

void FolderRecognition::start(const QString &folder)
{
    m_next = folder;
    if (m_folder.isEmpty())
        startNext();
}

void FolderRecognition::startNext()
{
    m_folder = std::exchange(m_next, QString());
    const auto promise = std::make_shared<QPromise<std::optional<DataChoice>>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    // Copies, since nobody waits for a look at a slow disk before the registry goes.
    QThreadPool::globalInstance()->start([promise, sources = recognisers(m_registry), path = m_folder.toStdString()] {
        try {
            promise->addResult(recogniseData(sources, path));
        } catch (const std::exception &) { // memory, or the disk
            promise->addResult(std::optional<DataChoice>());
        }
        promise->finish();
    });
}

void FolderRecognition::finish()
{
    if (!m_next.isEmpty())
        return startNext();
    const QString folder = std::exchange(m_folder, QString());
    emit recognised(folder, m_watcher.result());
}

} // namespace netloom
