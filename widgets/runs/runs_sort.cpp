// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_sort.h"

#include "runs/runs_model.h"

namespace netloom {

RunsSort::RunsSort(RunsModel &model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(&model);
    setDynamicSortFilter(true);
}

bool RunsSort::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const RunCell a = m_model.cell(left), b = m_model.cell(right);
    if (a.text.empty() != b.text.empty())
        return (sortOrder() == Qt::AscendingOrder) == b.text.empty();
    return cellLess(a, b);
}

bool RunsSort::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return m_model.isWanted(m_model.index(row, 0, parent));
}

} // namespace netloom
