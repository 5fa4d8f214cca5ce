// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/data_choice.h"

#include <QFutureWatcher>
#include <QObject>

namespace netloom {

/// Finds out in the background what reads a folder, one folder at a time: the newest request's answer alone is given.
class FolderRecognition : public QObject {
    Q_OBJECT
public:
    explicit FolderRecognition(const NodeRegistry &registry, QObject *parent = nullptr);

    /// recognised() follows, always later.
    void start(const QString &folder);

signals:
    void recognised(const QString &folder, const std::optional<netloom::DataChoice> &choice);

private:
    void startNext();
    void finish();

    const NodeRegistry &m_registry;
    QFutureWatcher<std::optional<DataChoice>> m_watcher;
    QString m_folder; ///< that is being looked at
    QString m_next;
};

} // namespace netloom
