// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/csv_dialog.h"
#include "desktop/main_window.h"
#include "panels/inspector_panel.h"
#include "project/templates.h"

#include <QFileDialog>

namespace netloom {

namespace {

const auto kTableType = "CSVTable";

QString tableFilter()
{
    return MainWindow::tr("Tables (*.csv *.tsv *.tab *.txt *.data);;All files (*)");
}

} // namespace

void MainWindow::connectTables()
{
    m_inspector->addAction({kTableType, "chooseColumns", tr("Choose columns…"), tr("The table's first rows, and what each column is for"), "table"});
    connect(m_inspector, &InspectorPanel::actionRequested, this, [this](NodeId node, const QString &action) {
        if (action == "chooseColumns")
            chooseColumns(node);
    });
}

void MainWindow::chooseColumns(NodeId node, const QString &file)
{
    const Node *asked = m_document.graph().find(node);
    const NodeSpec *spec = m_document.spec(node);
    if (!asked || !spec)
        return;
    Params params = resolvedParams(*spec, *asked, {});
    if (!file.isEmpty())
        params.set("file", file.toStdString());
    if (params.text("file").empty())
        params.set("file", QFileDialog::getOpenFileName(this, tr("Choose a table"), {}, tableFilter()).toStdString());
    if (params.text("file").empty())
        return;
    CsvDialog dialog(*spec, std::move(params), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_look.forget(); // the same file again: what it holds may have changed
    Graph after = m_document.graph();
    for (const ParamDecl &decl : spec->params)
        after.setParam(node, decl.name, dialog.params().at(decl.name));
    m_document.applyGraph(after, tr("Choose columns"));
    m_look.look(m_document.graph());
}

void MainWindow::useTable(const QString &file)
{
    const NodeId source = findPipeline(m_document.graph(), m_document.registry()).source;
    const Node *node = m_document.graph().find(source);
    if (node && node->type == kTableType)
        return chooseColumns(source, file);
    if (m_files->mayDiscard())
        startFromTable(makeProject(*findTemplate("table-classification"), m_document.registry(), file.toStdString()), {});
}

void MainWindow::startFromTable(Project project, const QString &templateId)
{
    const NodeSpec *spec = m_document.registry().find(kTableType);
    const Node *node = project.graph.find(findPipeline(project.graph, m_document.registry()).source);
    if (!spec || !node)
        return;
    QString id = templateId;
    CsvDialog dialog(*spec, resolvedParams(*spec, *node, {}), this);
    if (dialog.exec() == QDialog::Accepted) {
        id = dialog.learnsNumber() ? QStringLiteral("table-regression") : QStringLiteral("table-classification");
        project = makeProject(*findTemplate(id.toStdString()), m_document.registry());
        const NodeId source = findPipeline(project.graph, m_document.registry()).source;
        for (const ParamDecl &decl : spec->params)
            project.graph.setParam(source, decl.name, dialog.params().at(decl.name));
    } else if (id.isEmpty()) {
        return;
    }
    m_files->startNew(std::move(project), id);
}

} // namespace netloom
