// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/rows_model.h"

#include "browser/facet_list.h"
#include "browser/sample_list.h"
#include "theme/theme.h"

#include <QFont>

#include <algorithm>
#include <ranges>

namespace netloom {

void RowsModel::setTable(ShownTable table, QStringList names, std::vector<Split> splits)
{
    beginResetModel();
    m_table = std::move(table);
    m_names = std::move(names);
    m_splits = std::move(splits);
    m_shown.clear();
    m_read = -1;
    m_sortColumn = -1;
    m_numbers.assign(std::size_t(std::max(0, columnCount())), false);
    for (int column = FirstCell; column < columnCount() && !m_names.isEmpty(); ++column) {
        bool number = false;
        cell(0, column).text.toDouble(&number);
        m_numbers[std::size_t(column)] = number;
    }
    endResetModel();
}

void RowsModel::setShown(std::vector<int> rows)
{
    beginResetModel();
    m_shown = std::move(rows);
    sortShown();
    endResetModel();
}

int RowsModel::placeOf(int row) const
{
    const auto found = std::ranges::find(m_shown, row);
    return found == m_shown.end() ? -1 : int(found - m_shown.begin());
}

ShownCell RowsModel::cell(int row, int column) const
{
    switch (column) {
    case Name: return {m_names[row], double(row)};
    case Part: return {splitTitle(m_splits[std::size_t(row)]), double(m_splits[std::size_t(row)])};
    case Target: return m_table.targetOf(row);
    default: break;
    }
    if (m_read != row) {
        m_cells = m_table.cellsOf(row);
        m_read = row;
    }
    return m_cells[std::size_t(column - FirstCell)];
}

bool RowsModel::holds(int row, const QString &text) const
{
    return std::ranges::any_of(std::views::iota(0, columnCount()), [&](int column) { return cell(row, column).text.contains(text, Qt::CaseInsensitive); });
}

bool RowsModel::isNumber(int column) const
{
    return column == Target ? m_table.learnsNumber : column >= 0 && std::size_t(column) < m_numbers.size() && m_numbers[std::size_t(column)];
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_table.cellsOf ? 0 : FirstCell + int(m_table.columns.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = rowAt(index.row());
    const Theme &theme = Theme::current();
    if (role == Qt::DisplayRole)
        return cell(row, index.column()).text;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && index.column() == Part)
        return FacetList::splitColour(int(m_splits[std::size_t(row)]));
    if (role == Qt::ForegroundRole && index.column() == Name)
        return theme.textMuted;
    if (role != Qt::BackgroundRole && role != Qt::FontRole && role != Qt::ToolTipRole && role != Qt::ForegroundRole)
        return {};
    const ShownCell shown = cell(row, index.column());
    if (!shown.missing)
        return role == Qt::BackgroundRole && index.column() == Target ? QVariant(mixed(theme.panel, theme.accent, 0.12)) : QVariant();
    if (role == Qt::BackgroundRole)
        return mixed(theme.panel, theme.warning, 0.22);
    if (role == Qt::ToolTipRole)
        return tr("Missing in the file: %1 stands for it").arg(shown.text);
    if (role == Qt::ForegroundRole)
        return theme.textMuted;
    QFont italic = themeFont(TextRole::Body);
    italic.setItalic(true);
    return italic;
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && section == Target)
        return Theme::current().accent;
    if (role == Qt::ToolTipRole && section == Target)
        return tr("This is learned from the columns behind it");
    if (role != Qt::DisplayRole)
        return {};
    const QStringList fixed{tr("Row"), tr("Part"), tr("%1 (learned)").arg(m_table.target)};
    return section < FirstCell ? fixed[section] : m_table.columns.value(section - FirstCell);
}

void RowsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_order = order;
    beginResetModel();
    sortShown();
    endResetModel();
}

void RowsModel::sortShown()
{
    std::ranges::sort(m_shown);
    if (m_sortColumn < 0 || m_sortColumn >= columnCount())
        return;
    std::vector<std::pair<double, int>> keys;
    for (const int row : m_shown)
        keys.emplace_back(cell(row, m_sortColumn).number, row);
    const bool down = m_order == Qt::DescendingOrder;
    std::ranges::stable_sort(keys, [down](const auto &a, const auto &b) { return down ? a.first > b.first : a.first < b.first; });
    std::ranges::transform(keys, m_shown.begin(), [](const auto &key) { return key.second; });
}

} // namespace netloom
