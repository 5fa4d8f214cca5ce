// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace netloom {

class RunsModel;

/// The order of rows, and those that the filter wants. Rows without a value come last in either direction.
class RunsSort : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit RunsSort(RunsModel &model, QObject *parent = nullptr);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    RunsModel &m_model;
};

} // namespace netloom
