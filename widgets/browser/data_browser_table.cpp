// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "browser/details_pane.h"
#include "browser/filter_pane.h"
#include "browser/picture_grid.h"
#include "panels/fact_rows.h"
#include "theme/view_parts.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>

namespace netloom {

namespace {

constexpr int kRow = 26;          ///< px
constexpr int kWidestColumn = 240; ///< px, at first

} // namespace

void DataBrowser::buildTable()
{
    m_rows = new RowsModel(this);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("browserRows"));
    m_table->setAccessibleName(tr("Rows of the table"));
    m_table->setModel(m_rows);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    styleRows(*m_table, kRow);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) { emit sampleRequested(m_rows->rowAt(index.row())); });
}

void DataBrowser::setTable(SampleList list, ShownTable table)
{
    m_isTable = true;
    m_pages->setCurrentIndex(int(Page::Pictures));
    QStringList names;
    std::vector<Split> splits;
    for (const SampleEntry &row : list.samples) {
        names << row.name;
        splits.push_back(row.split);
    }
    m_rows->setTable(std::move(table), std::move(names), std::move(splits));
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    adopt(std::move(list), false);
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_rows->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column) + 12, kWidestColumn));
}

/// What pictures alone have is not there for a table.
void DataBrowser::arrange()
{
    m_shown->setCurrentWidget(m_isTable ? static_cast<QWidget *>(m_table) : m_grid);
    m_pages->setTabText(int(Page::Pictures), m_isTable ? tr("Rows") : tr("Pictures"));
    for (const Page page : {Page::Augmented, Page::Doctor})
        m_pages->setTabVisible(int(page), !m_isTable);
    m_details->setVisible(!m_isTable && page() != Page::Augmented);
    m_detailsEdge->setVisible(!m_isTable);
    for (QWidget *tool : std::initializer_list<QWidget *>{m_sort, m_groups, m_size})
        tool->setVisible(!m_isTable);
    m_search->setPlaceholderText(m_isTable ? tr("Search in all cells") : tr("Search by name"));
    m_search->setAccessibleName(m_search->placeholderText());
}

/// The rows of the chosen part and class that hold what is searched for.
void DataBrowser::refreshRows()
{
    const SampleView wanted = view();
    std::vector<int> rows;
    for (int row = 0; row < int(m_list.samples.size()); ++row) {
        const SampleEntry &entry = m_list.samples[std::size_t(row)];
        const bool fits = !wanted.excluded && (!wanted.split || entry.split == *wanted.split) && (!wanted.label || entry.label == *wanted.label);
        if (fits && (wanted.search.isEmpty() || m_rows->holds(row, wanted.search)))
            rows.push_back(row);
    }
    const bool all = rows.size() == m_list.samples.size();
    const bool one = m_list.samples.size() == 1;
    m_filters->setTitle(all ? (one ? tr("1 row") : tr("%1 rows").arg(grouped(std::int64_t(rows.size())))) : (one ? tr("%1 of %2 row") : tr("%1 of %2 rows")).arg(grouped(std::int64_t(rows.size())), grouped(std::int64_t(m_list.samples.size()))));
    m_rows->setShown(std::move(rows));
}

/// Selects a row and scrolls to it; false where the data is no table.
bool DataBrowser::showWantedRow(int row)
{
    if (!m_isTable)
        return false;
    const int place = m_rows->placeOf(row);
    if (place >= 0) {
        m_table->selectRow(place);
        m_table->scrollTo(m_rows->index(place, 0), QAbstractItemView::PositionAtCenter);
    }
    focusPictures();
    return true;
}

} // namespace netloom
