// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_list.h"

#include <QDialog>
#include <QFutureWatcher>

class QPushButton;
class QTreeWidget;

namespace netloom {

class TableOrNote;

/// Asks what to compare the project with: one of the runs in a folder, the newest first, or another project file. The runs are read in the
/// background.
class CompareDialog : public QDialog {
    Q_OBJECT
public:
    explicit CompareDialog(const std::filesystem::path &runs, QWidget *parent = nullptr);

    /// Once it is accepted: the run's folder or the project's file, and what to call it within a sentence.
    const QString &chosenPath() const { return m_path; }
    const QString &chosenTitle() const { return m_title; }

private:
    QWidget *makeRuns();
    QWidget *makeButtons();
    void showRuns();
    void chooseRun();
    void chooseFile();

    std::filesystem::path m_folder;
    QFutureWatcher<std::vector<RunEntry>> m_watcher;
    std::vector<RunEntry> m_entries;
    TableOrNote *m_list = nullptr;
    QTreeWidget *m_runs = nullptr;
    QPushButton *m_compare = nullptr;
    QString m_path;
    QString m_title;
};

/// "24 Nov 14:03"
QString startedText(const RunEntry &run);
/// "91.2 %" or "R² 0.873" of the test samples; without that how the run ended.
QString resultText(const RunEntry &run);
/// "the run of 24 Nov 14:03"
QString runTitle(const RunEntry &run);

} // namespace netloom
