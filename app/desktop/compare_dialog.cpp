// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/compare_dialog.h"

#include "desktop/table_or_note.h"
#include "theme/theme.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPromise>
#include <QPushButton>
#include <QThreadPool>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace netloom {

QString startedText(const RunEntry &run)
{
    constexpr qsizetype kWithoutZone = 19; // "2026-11-25T14:30:05": local time already
    const QString stamp = QString::fromStdString(run.started);
    const QDateTime started = QDateTime::fromString(stamp.left(kWithoutZone), Qt::ISODate);
    if (!started.isValid())
        return QString::fromStdString(run.folder.filename().string());
    const bool thisYear = started.date().year() == QDate::currentDate().year();
    return QLocale().toString(started, thisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

QString resultText(const RunEntry &run)
{
    if (run.accuracy)
        return CompareDialog::tr("%1 %").arg(QLocale().toString(*run.accuracy * 100, 'f', 1));
    if (run.r2)
        return CompareDialog::tr("R² %1").arg(QLocale().toString(*run.r2, 'f', 3));
    if (run.status == "running")
        return CompareDialog::tr("running");
    if (run.status == "failed")
        return CompareDialog::tr("failed");
    return run.status == "stopped" ? CompareDialog::tr("stopped") : QStringLiteral("–");
}

QString runTitle(const RunEntry &run)
{
    return CompareDialog::tr("the run of %1").arg(startedText(run));
}

CompareDialog::CompareDialog(const std::filesystem::path &runs, QWidget *parent) : QDialog(parent), m_folder(runs)
{
    setObjectName("compareWith");
    setWindowTitle(tr("Compare with"));
    resize(540, 400);
    auto *title = new QLabel(tr("What would you like to compare this project with?"));
    setTextRole(title, TextRole::Title);
    title->setWordWrap(true);
    auto *note = new QLabel(tr("Every training keeps the network as it was."));
    setTextRole(note, TextRole::Muted);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(title);
    column->addWidget(note);
    column->addWidget(makeRuns(), 1);
    column->addWidget(makeButtons());
    m_compare->setDefault(true);
    m_compare->setEnabled(false);

    connect(&m_watcher, &QFutureWatcher<std::vector<RunEntry>>::finished, this, &CompareDialog::showRuns);
    const auto promise = std::make_shared<QPromise<std::vector<RunEntry>>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, folder = m_folder] {
        promise->addResult(listRuns(folder));
        promise->finish();
    });
}

QWidget *CompareDialog::makeRuns()
{
    m_list = new TableOrNote({tr("Run of"), tr("Project"), tr("Epochs"), tr("Test result")}, 1);
    m_list->note()->setObjectName("compareNote");
    m_list->say(tr("Looking for runs…"));
    m_runs = m_list->table();
    m_runs->setObjectName("compareRuns");
    m_runs->setAccessibleName(tr("Runs, the newest first"));
    for (int column : {2, 3})
        m_runs->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    connect(m_runs, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *now) { m_compare->setEnabled(now != nullptr); });
    connect(m_runs, &QTreeWidget::itemDoubleClicked, this, &CompareDialog::chooseRun);
    return m_list;
}

QWidget *CompareDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *file = buttons->addButton(tr("Project file…"), QDialogButtonBox::ResetRole);
    file->setObjectName("compareFile");
    file->setIcon(themedIcon("open"));
    m_compare = buttons->addButton(tr("Compare"), QDialogButtonBox::AcceptRole);
    m_compare->setObjectName("compareChosen");
    setPrimary(m_compare);
    connect(file, &QPushButton::clicked, this, &CompareDialog::chooseFile);
    connect(buttons, &QDialogButtonBox::accepted, this, &CompareDialog::chooseRun);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void CompareDialog::showRuns()
{
    m_entries = m_watcher.result();
    for (const RunEntry &run : m_entries) {
        auto *row = new QTreeWidgetItem(m_runs, {startedText(run), QString::fromStdString(run.title), QString::number(run.epochs), resultText(run)});
        row->setToolTip(0, QString::fromStdString(run.folder.string()));
        for (int column : {2, 3})
            row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    if (m_entries.empty()) {
        m_list->say(tr("There are no runs yet: train once, and compare with that from then on. Or compare with another project file now."));
        return;
    }
    m_list->showTable();
    m_runs->setCurrentItem(m_runs->topLevelItem(0));
    m_runs->setFocus();
}

void CompareDialog::chooseRun()
{
    const int row = m_runs->indexOfTopLevelItem(m_runs->currentItem());
    if (row < 0)
        return;
    const RunEntry &run = m_entries[std::size_t(row)];
    m_path = QString::fromStdString(run.folder.string());
    m_title = runTitle(run);
    accept();
}

void CompareDialog::chooseFile()
{
    const QString folder = QString::fromStdString(m_folder.parent_path().string());
    const QString path = QFileDialog::getOpenFileName(this, tr("Compare with a project"), folder, tr("Netloom projects (*.netloom)"));
    if (path.isEmpty())
        return;
    m_path = path;
    m_title = tr("“%1”").arg(QFileInfo(path).completeBaseName());
    accept();
}

} // namespace netloom
