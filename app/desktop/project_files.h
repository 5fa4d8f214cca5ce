// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QObject>
#include <QStringList>

class QWidget;

namespace netloom {

/// Where the document lies on disk: open, save, recent files and the question about unsaved changes. Owns the file
/// dialogs; what is asked can be answered by tests through the dialogs' object names.
class ProjectFiles : public QObject {
    Q_OBJECT
public:
    ProjectFiles(Document &document, QWidget *window);

    /// The project's file, "" while it has none.
    const QString &path() const { return m_path; }
    /// "cnn" for "/home/me/cnn.netloom"; the suggested name while there is no file.
    QString displayName() const;
    /// What people read: the file's name, or that of the template which unsaved work began with, "CNN on Fashion-MNIST".
    QString title() const;
    /// Takes what is typed in the window's focused field into the document, as leaving the field would.
    void commitEdits();

    /// All of these give false when the user thought better of it, or when it failed and they were told why.
    bool open();
    bool openFile(const QString &path);
    /// Opens a copy of unsaved work: it has no file of its own and counts as unsaved.
    bool openRecovered(const QString &path);
    bool save();
    bool saveAs();
    bool saveTo(const QString &path);
    /// True when nothing would be lost: nothing unsaved, or saved now, or the user gave it up.
    bool mayDiscard();
    /// A new, unsaved project takes the document's place; the caller has asked mayDiscard(). It is called as the template whose id
    /// @p suggestedName is, if it is one.
    void startNew(const Project &project, const QString &suggestedName);

    QStringList recent() const;
    void clearRecent();

signals:
    void pathChanged();
    void recentChanged();

private:
    void setPath(const QString &path);
    void remember(const QString &path);
    void tellFailure(const QString &title, const Error &error);

    Document &m_document;
    QWidget *m_window;
    QString m_path;
    QString m_suggestedName;
};

} // namespace netloom
