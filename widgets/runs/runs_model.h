// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "runs/run_tables.h"

#include <QColor>
#include <QHash>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace netloom {

/// A project's runs as rows; those of one group below a row that tells what they have in common: the mean of seeds with its standard
/// deviation, the best of a search. New figures change cells and never the whole table.
class RunsModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { KeyRole = Qt::UserRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setRuns(std::vector<RunEntry> runs);
    const std::vector<RunEntry> &runs() const { return m_runs; }
    const std::vector<RunColumn> &columns() const { return m_columns; }
    int columnOf(const std::string &id) const; ///< -1 for none

    /// Which rows may be seen; best figures are marked among them. Those who show them look again.
    void setFilter(const QString &text);
    bool isWanted(const QModelIndex &index) const;
    int wantedCount() const { return int(std::ranges::count(m_wanted, true)); }

    /// The colours of runs and groups that are shown as curves, by key.
    void setColours(const QHash<QString, QColor> &colours);

    /// A run's folder, or a group's name with a ':' before it.
    QString keyOf(const QModelIndex &index) const { return index.data(KeyRole).toString(); }
    QModelIndex indexOf(const QString &key) const;
    bool isGroup(const QModelIndex &index) const;
    /// The run of a row, or those of a group.
    std::vector<const RunEntry *> runsOf(const QModelIndex &index) const;
    /// For sorting: of a group its mean, or its best.
    RunCell cell(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// A run by itself, or a group.
    struct Top {
        QString key;
        std::vector<QString> runs; ///< keys
        bool isGroup() const { return key.startsWith(':'); }
    };

    static std::vector<Top> topsOf(const std::vector<RunEntry> &runs);
    void reset(std::vector<RunEntry> runs);
    void takeRows(const std::vector<Top> &tops);
    void refilter();
    void findBest();
    const RunEntry *runOf(const QString &key) const;
    QString shownText(const QModelIndex &index) const;
    QString groupText(const std::vector<const RunEntry *> &runs, const RunColumn &column) const;
    bool isBest(const QModelIndex &index) const;

    std::vector<RunEntry> m_runs;
    std::vector<RunColumn> m_columns;
    QHash<QString, int> m_places; ///< of runs by key
    std::vector<Top> m_tops;
    QString m_filterText;
    std::vector<bool> m_wanted; ///< by place
    std::vector<std::optional<double>> m_best; ///< by column: the best figure
    QHash<QString, QColor> m_colours;
};

/// A number as people read it in a cell.
QString cellText(const RunCell &cell, CellKind kind);
/// "Validation loss" in the program's language.
QString columnTitle(const RunColumn &column);
/// "1 run", "12 runs"
QString runCountText(int count);
QString runKey(const RunEntry &run);

} // namespace netloom
