// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QLockFile>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace netloom {

/// Keeps a copy of unsaved work in the user's data folder, so that a crash or a power cut loses seconds at most. The copy goes
/// when the work is saved or given up. Copies of programs that are still running are left alone.
class Autosave : public QObject {
    Q_OBJECT
public:
    explicit Autosave(Document &document, QObject *parent = nullptr);
    ~Autosave() override;

    /// A copy that a program which no longer runs left behind; "" for none.
    QString abandonedCopy() const;
    /// Where this program's copy lies while there is unsaved work.
    const QString &file() const { return m_file; }
    /// Writes the copy in the background where there is unsaved work; else removes it.
    void update();
    /// The same, and waits. False when there is unsaved work and it could not be written.
    bool updateNow();
    /// The user closed the program and was asked: the copy is no longer needed.
    void finish();

signals:
    /// The copy could not be written; says why. Told once until it works again.
    void failed(const QString &reason);

private:
    void tell(const Result<Done> &written);

    QString m_folder;
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    Document &m_document;
    QTimer m_timer;
    QThreadPool m_writer; ///< one thread, so that the newest copy is written last
    bool m_told = false;
};

} // namespace netloom
