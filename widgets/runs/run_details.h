// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_entry.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QWidget;

namespace netloom {

/// Tags and note of the selected runs, and the facts that a table has no room for.
class RunDetails : public QWidget {
    Q_OBJECT
public:
    explicit RunDetails(QWidget *parent = nullptr);

    /// None, one or several; what is being typed stays where the runs stay the same.
    void setRuns(const std::vector<const RunEntry *> &runs);
    void setEditable(bool editable, const QString &reason);
    void focusTags();

signals:
    void tagsEdited(const QStringList &folders, const QString &text);
    void noteEdited(const QStringList &folders, const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showFacts(const RunEntry &run);
    void commitNote();

    QStringList m_shown; ///< folders
    QString m_note;
    QLineEdit *m_tags = nullptr;
    QPlainTextEdit *m_noteField = nullptr;
    QWidget *m_fields = nullptr;
    QLabel *m_facts = nullptr;
    QLabel *m_nothing = nullptr;
};

} // namespace netloom
