// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/data_look.h"
#include "desktop/folder_recognition.h"
#include "project/templates.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace netloom {

class TemplateCard;

/// The gallery of templates. Templates for people's own data ask for a folder of pictures or a table, by dialog or by dropping
/// one, and show its classes and counts before the project is made.
class NewProjectDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewProjectDialog(const NodeRegistry &registry, QWidget *parent = nullptr);

    /// Chooses a template for such data, a folder of pictures or a table, where none is chosen yet, and looks at @p folder.
    void setFolder(const QString &folder);

    /// The new project. Only after the dialog was accepted.
    Project project() const;
    QString templateId() const;
    /// True for a template of tables where the file is chosen.
    bool hasTable() const { return takesTable() && !chosenFolder().empty(); }

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeFolderRow();
    void browse();
    void refresh();
    void showFacts();
    void recognise();
    std::string chosenFolder() const;
    bool takesTable() const { return m_template && m_template->dataParam == "file"; }

    const NodeRegistry &m_registry;
    DataLook m_look;
    FolderRecognition m_recognition;
    QString m_recognised;              ///< the folder that was looked at, or is
    std::optional<DataChoice> m_choice; ///< what reads it, where that isn't the template's own source
    SourceFacts m_facts; ///< of the data looked at last
    const ProjectTemplate *m_template = nullptr;
    std::vector<TemplateCard *> m_cards;
    QWidget *m_folderRow = nullptr;
    QLineEdit *m_folder = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_create = nullptr;
};

/// "daisy 60, roses 58 and 3 more": class names with their pictures over all splits.
QString classSummary(const SourceFacts &facts, int atMost);

} // namespace netloom
