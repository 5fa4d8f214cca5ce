// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/settings_table.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

SettingsTable::SettingsTable(QWidget *parent) : QWidget(parent)
{
    m_differing = new QCheckBox(tr("Only what differs"));
    m_differing->setObjectName("settingsDiffering");
    m_differing->setChecked(true);
    m_note = new QLabel;
    m_note->setObjectName("settingsNote");
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setContentsMargins(2, 6, 2, 0);
    setTextRole(m_note, TextRole::Small);
    m_table = new QTreeWidget;
    m_table->setObjectName("settingsTable");
    m_table->setAccessibleName(tr("Settings of the selected runs"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->header()->setSectionsMovable(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_differing);
    column->addWidget(m_note, 1);
    column->addWidget(m_table, 1);
    connect(m_differing, &QCheckBox::toggled, this, &SettingsTable::fill);
    setSettings({}, {});
}

void SettingsTable::setSettings(std::vector<SettingRow> rows, const std::vector<Column> &runs)
{
    m_rows = std::move(rows);
    m_runs = runs;
    fill();
}

int SettingsTable::shownRows() const
{
    return m_table->topLevelItemCount();
}

void SettingsTable::fill()
{
    const Theme &theme = Theme::current();
    const bool several = m_runs.size() > 1, onlyDiffering = several && m_differing->isChecked();
    m_differing->setVisible(several);
    m_table->clear();
    QStringList titles{tr("Setting")};
    for (const Column &run : m_runs)
        titles << run.name;
    m_table->setColumnCount(int(titles.size()));
    m_table->setHeaderLabels(titles);
    for (std::size_t run = 0; run < m_runs.size(); ++run) {
        m_table->headerItem()->setForeground(int(run) + 1, m_runs[run].colour);
        m_table->headerItem()->setToolTip(int(run) + 1, m_runs[run].name);
    }
    QList<QTreeWidgetItem *> items;
    for (const SettingRow &row : m_rows) {
        if (onlyDiffering && !row.differs())
            continue;
        QStringList cells{QString::fromStdString(row.name)};
        for (const auto &value : row.values)
            cells << (value ? QString::fromStdString(*value) : QStringLiteral("–"));
        auto *item = new QTreeWidgetItem(cells);
        for (int column = 0; column < cells.size(); ++column)
            item->setToolTip(column, cells[column]);
        if (several && row.differs() && !onlyDiffering) {
            for (int column = 0; column < cells.size(); ++column)
                item->setBackground(column, theme.accentSoft);
        }
        items << item;
    }
    m_table->addTopLevelItems(items);
    m_table->setVisible(!items.isEmpty());
    m_note->setVisible(items.isEmpty());
    m_note->setText(m_runs.empty() ? tr("Select runs in the table to see how they were made.") : tr("Network and recipe are the same."));
    constexpr int kName = 170, kValue = 110;
    m_table->setColumnWidth(0, kName);
    for (int column = 1; column < titles.size(); ++column)
        m_table->setColumnWidth(column, kValue);
}

void SettingsTable::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

} // namespace netloom
