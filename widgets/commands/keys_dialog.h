// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QKeySequence>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace netloom {

class Commands;

/// The sheet of all keys, and their editor: commands by menu, then the gestures. A key that is taken is named with its owner and can be
/// taken over.
class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(Commands &commands, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Change { Replace, Add };

    QWidget *makeNotice();
    QWidget *makeButtons();
    void fill();
    QTreeWidgetItem *addGroup(const QString &name);
    void addRow(QTreeWidgetItem *group, const QString &id, const QString &text, const QString &keys);
    void filter();
    /// The command that is chosen; "" where none is.
    QString chosen() const;
    void choose(const QString &id);
    void ask(Change change);
    void stopAsking();
    void take(const QKeySequence &key);
    void takeOver();
    void setKey(const QString &id, const QKeySequence &key);
    void reset();
    void notify(const QString &text, bool canTakeOver = false);
    void updateButtons();

    Commands &m_commands;
    QLineEdit *m_search = nullptr;
    QTreeWidget *m_tree = nullptr;
    QLabel *m_notice = nullptr;
    QPushButton *m_takeOver = nullptr;
    QPushButton *m_change = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_reset = nullptr;
    QTreeWidgetItem *m_asked = nullptr; ///< the row in which a key is waited for
    Change m_asking = Change::Replace;
    QString m_takerId;        ///< the command that may take m_wanted over
    QKeySequence m_wanted;
};

} // namespace netloom
