// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/collect_dialog.h"
#include "desktop/label_list_dialog.h"
#include "desktop/main_window.h"
#include "panels/inspector_panel.h"
#include "project/templates.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>

namespace netloom {

namespace {

const auto kListType = "LabelledImages";
const auto kFolderType = "ImageFolder";

} // namespace

void MainWindow::connectPictureSources()
{
    m_inspector->addAction({kListType, "chooseLabels", tr("Choose the list…"), tr("The list's first rows with their pictures, and what each column says"), "table"});
    m_inspector->addAction({kFolderType, "collectPictures", tr("Collect pictures…"), tr("Takes pictures of your own with a camera, class by class"), "camera"});
    connect(m_inspector, &InspectorPanel::actionRequested, this, [this](NodeId node, const QString &action) {
        if (action == "chooseLabels")
            chooseLabels(node);
        else if (action == "collectPictures")
            collectPictures(node);
    });
    onCommand("file.collect", [this] { collectPictures({}); });
    connect(&m_recognition, &FolderRecognition::recognised, this, &MainWindow::useData);
}

void MainWindow::useFolder(const QString &folder)
{
    statusBar()->showMessage(tr("Looking at the folder…"));
    m_recognition.start(folder);
}

void MainWindow::useData(const QString &folder, const std::optional<DataChoice> &choice)
{
    statusBar()->clearMessage();
    const NodeId source = findPipeline(m_document.graph(), m_document.registry()).source;
    const Node *node = m_document.graph().find(source);
    DataChoice reads{kFolderType, {}}; // where nothing else is sure
    reads.params.set("root", folder.toStdString());
    if (choice)
        reads = *choice;
    if (node && node->type == reads.type)
        readData(source, reads);
    else if (node && choice)
        offerData(source, folder, reads);
    else
        newFromTemplate(folder);
}

void MainWindow::offerData(NodeId source, const QString &folder, const DataChoice &choice)
{
    const QString type = QString::fromStdString(choice.type);
    const QString now = QString::fromStdString(nodeTitle(*m_document.graph().find(source)));
    QMessageBox box(QMessageBox::Question, tr("Data of another kind"), tr("“%1” is read by %2. Put it in the place of %3?").arg(QFileInfo(folder).fileName(), type, now),
        QMessageBox::Cancel, this);
    box.setObjectName("dataKind");
    box.setInformativeText(tr("What follows keeps its wires and settings."));
    QPushButton *replace = box.addButton(tr("Use %1 here").arg(type), QMessageBox::AcceptRole);
    QPushButton *start = box.addButton(tr("New project…"), QMessageBox::ActionRole);
    box.setDefaultButton(replace);
    box.exec();
    if (box.clickedButton() == replace)
        readData(source, choice);
    else if (box.clickedButton() == start)
        newFromTemplate(folder);
}

void MainWindow::readData(NodeId source, const DataChoice &choice)
{
    if (!m_document.graph().find(source))
        return;
    Graph after = m_document.graph();
    const NodeId now = chooseData(after, m_document.registry(), source, choice);
    m_look.forget(); // the same folder again: what it holds may have changed
    m_document.applyGraph(after, tr("Choose the data"));
    m_document.setSelection({now});
    m_look.look(m_document.graph());
}

QString MainWindow::folderToCollectIn(NodeId source) const
{
    const Node *node = m_document.graph().find(source);
    if (!node || node->type != kFolderType)
        return CollectDialog::usualFolder();
    const std::string root = resolvedParams(*m_document.spec(source), *node, {}).text("root");
    const bool isSample = std::filesystem::path(root).lexically_normal() == sampleFolder();
    return root.empty() || isSample ? CollectDialog::usualFolder() : QString::fromStdString(root);
}

void MainWindow::collectPictures(NodeId node)
{
    const NodeId source = node.valid() ? node : findPipeline(m_document.graph(), m_document.registry()).source;
    CollectDialog dialog(folderToCollectIn(source), node.valid() ? CollectDialog::Purpose::FillSource : CollectDialog::Purpose::Collect, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    DataChoice choice{kFolderType, {}};
    choice.params.set("root", dialog.folder().toStdString());
    if (node.valid())
        readData(node, choice);
    else
        useData(dialog.folder(), choice);
}

void MainWindow::chooseLabels(NodeId node)
{
    const Node *asked = m_document.graph().find(node);
    const NodeSpec *spec = m_document.spec(node);
    if (!asked || !spec)
        return;
    if (resolvedParams(*spec, *asked, {}).text("root").empty())
        askForPath(node, "root", true);
    const Params params = resolvedParams(*spec, *m_document.graph().find(node), {});
    if (params.text("root").empty())
        return;
    LabelListDialog dialog(params, this);
    if (dialog.exec() != QDialog::Accepted || !m_document.graph().find(node))
        return;
    Graph after = m_document.graph();
    for (const char *name : {"csv", "file_column", "label_column", "split_column", "labels", "label_separator", "label_columns"})
        after.setParam(node, name, dialog.params().at(name));
    m_look.forget();
    m_document.applyGraph(after, tr("Choose the list"));
    m_look.look(m_document.graph());
}

} // namespace netloom
