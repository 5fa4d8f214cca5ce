// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "desktop/background_task.h"
#include "document/document.h"
#include "graph/weight_table.h"

class QLabel;
class QPushButton;

namespace netloom {

class TableOrNote;

/// Asks which weights training is to start from, and shows what of them fits the network before it is decided. Files are read in the background.
class StartWeightsDialog : public QDialog {
    Q_OBJECT
public:
    /// @p runs is the folder where the project's runs are.
    StartWeightsDialog(const Document &document, QString runs, QWidget *parent = nullptr);

    /// Once it is accepted: what the recipe's start_from is to be, "" for random weights.
    const QString &chosenPath() const { return m_path; }

    /// Shows what of the weights at @p path fits.
    void look(const QString &path);

private:
    QWidget *makeSource();
    QWidget *makeTable();
    QWidget *makeButtons();
    void browseFile();
    void browseRun();
    void showTable(const Result<WeightTable> &table);
    void say(const QString &text);

    const Document &m_document;
    QString m_runs;
    QString m_path;
    BackgroundTask m_reading;
    QLabel *m_shownPath = nullptr;
    TableOrNote *m_weights = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_take = nullptr;
};

} // namespace netloom
