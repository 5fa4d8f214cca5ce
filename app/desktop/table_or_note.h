// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

class QLabel;
class QTreeWidget;

namespace netloom {

/// A table of a dialog, and in its place a sentence while there is nothing to list.
class TableOrNote : public QStackedWidget {
    Q_OBJECT
public:
    /// The column @p widest takes the room that the others leave.
    explicit TableOrNote(const QStringList &headings, int widest, QWidget *parent = nullptr);

    QTreeWidget *table() const { return m_table; }
    QLabel *note() const { return m_note; }
    /// Shows @p text in the table's place.
    void say(const QString &text);
    void showTable();

private:
    QTreeWidget *m_table = nullptr;
    QLabel *m_note = nullptr;
};

} // namespace netloom
