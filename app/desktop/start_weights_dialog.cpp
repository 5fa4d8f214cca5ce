// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/start_weights_dialog.h"

#include "desktop/table_or_note.h"
#include "panels/elided_label.h"
#include "theme/theme.h"
#include "train/start_weights.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace netloom {

namespace {

QString sizesText(const Shape &shape)
{
    return shape.empty() ? QStringLiteral("–") : QString::fromStdString(shape.toString());
}

QString fitText(WeightFit fit)
{
    switch (fit) {
    case WeightFit::Taken: return StartWeightsDialog::tr("taken");
    case WeightFit::Missing: return StartWeightsDialog::tr("missing, starts at random");
    case WeightFit::OtherShape: return StartWeightsDialog::tr("other shape, starts at random");
    case WeightFit::Unused: break;
    }
    return StartWeightsDialog::tr("not used");
}

QIcon fitIcon(WeightFit fit)
{
    const Theme &theme = Theme::current();
    switch (fit) {
    case WeightFit::Taken: return themedIcon("check", theme.success);
    case WeightFit::Missing:
    case WeightFit::OtherShape: return themedIcon("warning", theme.warning);
    case WeightFit::Unused: break;
    }
    return themedIcon("minus", theme.textMuted);
}

} // namespace

StartWeightsDialog::StartWeightsDialog(const Document &document, QString runs, QWidget *parent)
    : QDialog(parent), m_document(document), m_runs(std::move(runs))
{
    setObjectName("startWeights");
    setWindowTitle(tr("Start from weights"));
    resize(640, 480);
    auto *title = new QLabel(tr("Which weights should training start from?"));
    setTextRole(title, TextRole::Title);
    title->setWordWrap(true);
    auto *note = new QLabel(tr("Tensors go together by name: conv1.weight is that of the node conv1. Nothing in the file is run."));
    setTextRole(note, TextRole::Muted);
    note->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(title);
    column->addWidget(note);
    column->addWidget(makeSource());
    column->addWidget(makeTable(), 1);
    m_summary = new QLabel;
    m_summary->setObjectName("startWeightsSummary");
    column->addWidget(m_summary);
    column->addWidget(makeButtons());
    say(tr("Choose a .pt or .safetensors file, or the folder of a run."));
    if (const std::string &now = document.recipe().text("start_from"); !now.empty())
        look(QString::fromStdString(now));
}

QWidget *StartWeightsDialog::makeSource()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_shownPath = new ElidedLabel;
    auto *file = new QPushButton(themedIcon("open"), tr("File…"));
    file->setObjectName("startWeightsFile");
    auto *run = new QPushButton(themedIcon("folder"), tr("Run…"));
    run->setObjectName("startWeightsRun");
    for (QPushButton *button : {file, run})
        button->setAutoDefault(false);
    row->addWidget(m_shownPath, 1);
    row->addWidget(file);
    row->addWidget(run);
    connect(file, &QPushButton::clicked, this, &StartWeightsDialog::browseFile);
    connect(run, &QPushButton::clicked, this, &StartWeightsDialog::browseRun);
    return box;
}

QWidget *StartWeightsDialog::makeTable()
{
    m_weights = new TableOrNote({tr("Tensor"), tr("Fit"), tr("Network"), tr("File")}, 0);
    m_weights->table()->setObjectName("startWeightsTable");
    m_weights->table()->setAccessibleName(tr("What of the weights fits"));
    m_weights->note()->setObjectName("startWeightsNote");
    return m_weights;
}

QWidget *StartWeightsDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *random = buttons->addButton(tr("Random weights"), QDialogButtonBox::ResetRole);
    random->setObjectName("startWeightsRandom");
    random->setToolTip(tr("Training starts from random weights, as each layer's init says"));
    m_take = buttons->addButton(tr("Start from these"), QDialogButtonBox::AcceptRole);
    m_take->setObjectName("startWeightsTake");
    setPrimary(m_take);
    m_take->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(random, &QPushButton::clicked, this, [this] {
        m_path.clear();
        accept();
    });
    return buttons;
}

void StartWeightsDialog::browseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Start from weights"), m_path.isEmpty() ? m_runs : m_path,
        tr("Weights (*.pt *.pth *.safetensors);;All files (*)"));
    if (!path.isEmpty())
        look(path);
}

void StartWeightsDialog::browseRun()
{
    const QString path = QFileDialog::getExistingDirectory(this, tr("Start from a run"), m_runs);
    if (!path.isEmpty())
        look(path);
}

void StartWeightsDialog::look(const QString &path)
{
    m_path = path;
    m_shownPath->setText(path);
    say(tr("Reading…"));
    m_reading.start([this, &registry = m_document.registry(), graph = m_document.graph(), facts = m_document.facts(), path = path.toStdString()](
                        const BackgroundTask::Report &) -> BackgroundTask::Finish {
        const auto table = startWeights(registry, graph, facts, path);
        return [this, table] { showTable(table); };
    });
}

void StartWeightsDialog::showTable(const Result<WeightTable> &table)
{
    if (!table) {
        say(QString::fromStdString(table.error().text));
        return;
    }
    m_weights->table()->clear();
    for (const WeightRow &weight : table->rows) {
        auto *row = new QTreeWidgetItem(m_weights->table(), {QString::fromStdString(weight.name), fitText(weight.fit), sizesText(weight.wanted), sizesText(weight.found)});
        row->setIcon(1, fitIcon(weight.fit));
    }
    const auto taken = table->count(WeightFit::Taken);
    m_summary->setText(taken > 0 ? tr("%1 of %2 tensors fit.").arg(taken).arg(qlonglong(table->rows.size()) - table->count(WeightFit::Unused))
                                 : tr("Nothing fits: name the nodes as the tensors are named."));
    m_weights->showTable();
    m_take->setEnabled(taken > 0);
}

/// Text in the table's place.
void StartWeightsDialog::say(const QString &text)
{
    m_weights->say(text);
    m_summary->clear();
    m_take->setEnabled(false);
}

} // namespace netloom
