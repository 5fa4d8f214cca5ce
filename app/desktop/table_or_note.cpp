// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/table_or_note.h"

#include "theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>

namespace netloom {

TableOrNote::TableOrNote(const QStringList &headings, int widest, QWidget *parent) : QStackedWidget(parent), m_table(new QTreeWidget), m_note(new QLabel)
{
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setHeaderLabels(headings);
    m_table->header()->setSectionsMovable(false);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(widest, QHeaderView::Stretch);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    m_note->setMargin(24);
    setTextRole(m_note, TextRole::Muted);
    addWidget(m_note);
    addWidget(m_table);
}

void TableOrNote::say(const QString &text)
{
    m_note->setText(text);
    setCurrentWidget(m_note);
}

void TableOrNote::showTable()
{
    setCurrentWidget(m_table);
}

} // namespace netloom
