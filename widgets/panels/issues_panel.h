// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QStackedWidget;

namespace netloom {

/// Everything that is wrong or odd with the graph; a click leads to the node.
class IssuesPanel : public QWidget {
    Q_OBJECT
public:
    explicit IssuesPanel(Document &document, QWidget *parent = nullptr);

    int errorCount() const { return m_errors; }
    int warningCount() const { return m_warnings; }

signals:
    /// The receiver selects and shows the node.
    void nodeRequested(netloom::NodeId node);
    /// After every change: how many errors and warnings there are now.
    void countsChanged(int errors, int warnings);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void fill();
    void addRow(const Issue &issue);
    void fitRow(QListWidgetItem &item);
    void request(QListWidgetItem *item);

    Document &m_document;
    QStackedWidget *m_stack = nullptr;
    QListWidget *m_list = nullptr;
    Issues m_shown;
    int m_errors = 0;
    int m_warnings = 0;
};

} // namespace netloom
