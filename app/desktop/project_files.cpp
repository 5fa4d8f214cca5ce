// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/project_files.h"

#include "desktop/save_dialog.h"
#include "project/templates.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QSettings>
#include <QStandardPaths>
#include <QUndoStack>

#include <filesystem>

namespace netloom {

namespace {

constexpr int kMaxRecent = 10;
const auto kRecentKey = QStringLiteral("files/recent");
const auto kFolderKey = QStringLiteral("files/folder");

QString filter()
{
    return ProjectFiles::tr("Netloom projects (*.netloom)");
}

QString startFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QSettings().value(kFolderKey, documents).toString();
}

std::filesystem::path toPath(const QString &path)
{
    return std::filesystem::path(path.toStdString());
}

} // namespace

ProjectFiles::ProjectFiles(Document &document, QWidget *window)
    : QObject(window), m_document(document), m_window(window), m_suggestedName(tr("untitled"))
{
}

QString ProjectFiles::displayName() const
{
    return m_path.isEmpty() ? m_suggestedName : QFileInfo(m_path).completeBaseName();
}

QString ProjectFiles::title() const
{
    const ProjectTemplate *from = m_path.isEmpty() ? findTemplate(m_suggestedName.toStdString()) : nullptr;
    return from ? QString::fromStdString(from->title) : displayName();
}

void ProjectFiles::commitEdits()
{
    const QPointer<QWidget> field = m_window->focusWidget();
    if (!field)
        return;
    field->clearFocus(); // text fields report when they are left
    if (field)
        field->setFocus(Qt::OtherFocusReason);
}

bool ProjectFiles::open()
{
    if (!mayDiscard())
        return false;
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open project"), startFolder(), filter());
    return !path.isEmpty() && openFile(path);
}

bool ProjectFiles::openFile(const QString &path)
{
    auto loaded = loadProject(m_document.registry(), toPath(path));
    if (!loaded) {
        tellFailure(tr("The project could not be opened"), loaded.error());
        return false;
    }
    m_document.setProject(std::move(loaded->project));
    setPath(QFileInfo(path).absoluteFilePath());
    remember(m_path);
    if (loaded->notes.empty())
        return true;

    QStringList lines;
    for (const Issue &note : loaded->notes)
        lines << "• " + QString::fromStdString(note.text);
    auto *box = new QMessageBox(QMessageBox::Information, tr("Opened with notes"),
        tr("%1 was opened; these things were odd in it:").arg(QFileInfo(path).fileName()), QMessageBox::Ok, m_window);
    box->setInformativeText(lines.mid(0, 12).join('\n'));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return true;
}

bool ProjectFiles::openRecovered(const QString &path)
{
    auto loaded = loadProject(m_document.registry(), toPath(path));
    if (!loaded) {
        tellFailure(tr("The unsaved work could not be opened"), loaded.error());
        return false;
    }
    startNew(loaded->project, tr("recovered"));
    m_document.undoStack()->resetClean();
    return true;
}

bool ProjectFiles::save()
{
    return m_path.isEmpty() ? saveAs() : saveTo(m_path);
}

bool ProjectFiles::saveAs()
{
    const QString suggestion = m_path.isEmpty() ? QDir(startFolder()).filePath(m_suggestedName + ".netloom") : m_path;
    const QString path = askForSaveFile(m_window, tr("Save project"), suggestion, filter(), "netloom");
    return !path.isEmpty() && saveTo(path);
}

bool ProjectFiles::saveTo(const QString &path)
{
    commitEdits();
    const auto saved = saveProject(m_document.project(), m_document.registry(), toPath(path));
    if (!saved) {
        tellFailure(tr("The project could not be saved"), saved.error());
        return false;
    }
    setPath(QFileInfo(path).absoluteFilePath());
    m_document.setClean();
    remember(m_path);
    return true;
}

bool ProjectFiles::mayDiscard()
{
    commitEdits();
    if (!m_document.isDirty())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"), tr("Save the changes to “%1”?").arg(displayName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setObjectName("unsavedChanges");
    box.setInformativeText(tr("What was changed since it was last saved is lost otherwise."));
    box.setDefaultButton(QMessageBox::Save);
    const int answer = box.exec();
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
}

void ProjectFiles::startNew(const Project &project, const QString &suggestedName)
{
    m_document.setProject(project);
    m_suggestedName = suggestedName;
    setPath({});
}

QStringList ProjectFiles::recent() const
{
    QStringList found = QSettings().value(kRecentKey).toStringList();
    found.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    return found;
}

void ProjectFiles::clearRecent()
{
    QSettings().remove(kRecentKey);
    emit recentChanged();
}

void ProjectFiles::setPath(const QString &path)
{
    m_path = path;
    emit pathChanged();
}

void ProjectFiles::remember(const QString &path)
{
    QSettings settings;
    QStringList files = settings.value(kRecentKey).toStringList();
    files.removeAll(path);
    files.prepend(path);
    settings.setValue(kRecentKey, QStringList(files.mid(0, kMaxRecent)));
    settings.setValue(kFolderKey, QFileInfo(path).absolutePath());
    emit recentChanged();
}

void ProjectFiles::tellFailure(const QString &title, const Error &error)
{
    QMessageBox box(QMessageBox::Warning, title, title, QMessageBox::Ok, m_window);
    box.setObjectName("fileFailure");
    box.setInformativeText(QString::fromStdString(error.text));
    box.exec();
}

} // namespace netloom
