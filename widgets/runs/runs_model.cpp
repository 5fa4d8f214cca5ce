// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_model.h"

#include "runs/seed_verdict.h"

#include <algorithm>

namespace netloom {

QString runKey(const RunEntry &run)
{
    return QString::fromStdString(run.folder.string());
}

std::vector<RunsModel::Top> RunsModel::topsOf(const std::vector<RunEntry> &runs)
{
    std::vector<Top> tops;
    QHash<QString, std::size_t> groups;
    for (const RunEntry &run : runs) {
        if (run.group.empty()) {
            tops.push_back({runKey(run), {runKey(run)}});
            continue;
        }
        const QString key = ':' + QString::fromStdString(run.group);
        if (!groups.contains(key)) {
            groups.insert(key, tops.size());
            tops.push_back({key, {}});
        }
        tops[groups[key]].runs.push_back(runKey(run));
    }
    return tops;
}

void RunsModel::setRuns(std::vector<RunEntry> runs)
{
    if (runs == m_runs)
        return;
    if (runColumns(runs) != m_columns)
        return reset(std::move(runs));
    takeRows(topsOf(runs)); // while the old entries are there for rows that go
    QHash<QString, int> places;
    std::vector<QString> changed;
    for (std::size_t place = 0; place < runs.size(); ++place) {
        const QString key = runKey(runs[place]);
        places.insert(key, int(place));
        const RunEntry *before = runOf(key);
        if (!before || *before != runs[place])
            changed.push_back(key);
    }
    const std::vector<Top> wanted = topsOf(runs);
    m_runs = std::move(runs);
    m_places = std::move(places);
    refilter();
    for (const Top &top : wanted) { // rows that come
        const auto found = std::ranges::find(m_tops, top.key, &Top::key);
        if (found == m_tops.end()) {
            beginInsertRows({}, int(m_tops.size()), int(m_tops.size()));
            m_tops.push_back(top);
            endInsertRows();
            continue;
        }
        for (const QString &run : top.runs) {
            if (std::ranges::find(found->runs, run) != found->runs.end())
                continue;
            const QModelIndex parent = createIndex(int(found - m_tops.begin()), 0, quintptr(0));
            beginInsertRows(parent, int(found->runs.size()), int(found->runs.size()));
            found->runs.push_back(run);
            endInsertRows();
        }
    }
    findBest();
    for (const QString &key : changed) {
        const QModelIndex row = indexOf(key);
        emit dataChanged(row, row.siblingAtColumn(columnCount() - 1));
        if (const QModelIndex group = row.parent(); group.isValid())
            emit dataChanged(group, group.siblingAtColumn(columnCount() - 1));
    }
}

/// Takes away rows that aren't in @p tops.
void RunsModel::takeRows(const std::vector<Top> &tops)
{
    for (int row = int(m_tops.size()) - 1; row >= 0; --row) {
        Top &here = m_tops[std::size_t(row)];
        const auto wanted = std::ranges::find(tops, here.key, &Top::key);
        if (wanted == tops.end()) {
            beginRemoveRows({}, row, row);
            m_tops.erase(m_tops.begin() + row);
            endRemoveRows();
            continue;
        }
        for (int child = int(here.runs.size()) - 1; child >= 0 && here.isGroup(); --child) {
            if (std::ranges::find(wanted->runs, here.runs[std::size_t(child)]) != wanted->runs.end())
                continue;
            beginRemoveRows(createIndex(row, 0, quintptr(0)), child, child);
            here.runs.erase(here.runs.begin() + child);
            endRemoveRows();
        }
    }
}

void RunsModel::reset(std::vector<RunEntry> runs)
{
    beginResetModel();
    m_runs = std::move(runs);
    m_columns = runColumns(m_runs);
    m_tops = topsOf(m_runs);
    m_places.clear();
    for (std::size_t place = 0; place < m_runs.size(); ++place)
        m_places.insert(runKey(m_runs[place]), int(place));
    refilter();
    endResetModel();
}

int RunsModel::columnOf(const std::string &id) const
{
    const auto found = std::ranges::find(m_columns, id, &RunColumn::id);
    return found == m_columns.end() ? -1 : int(found - m_columns.begin());
}

void RunsModel::setFilter(const QString &text)
{
    m_filterText = text;
    refilter();
}

void RunsModel::refilter()
{
    const RunFilter filter(m_filterText.toStdString(), m_columns);
    m_wanted.assign(m_runs.size(), true);
    for (std::size_t place = 0; place < m_runs.size(); ++place)
        m_wanted[place] = filter.isEmpty() || filter.matches(m_runs[place]);
    findBest();
}

/// Of runs by themselves and groups, as they are shown.
void RunsModel::findBest()
{
    m_best.assign(m_columns.size(), {});
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        const std::string &id = m_columns[column].id;
        const bool less = isLoss(id);
        if (!less && !isShare(id) && !id.ends_with("_r2"))
            continue;
        int count = 0;
        for (std::size_t row = 0; row < m_tops.size(); ++row) {
            const QModelIndex here = createIndex(int(row), int(column), quintptr(0));
            const auto figure = isWanted(here) ? cell(here).number : std::nullopt;
            auto &best = m_best[column];
            count += figure ? 1 : 0;
            if (figure && (!best || (less ? *figure < *best : *figure > *best)))
                best = figure;
        }
        if (count < 2)
            m_best[column].reset();
    }
}

bool RunsModel::isWanted(const QModelIndex &index) const
{
    for (const RunEntry *run : runsOf(index)) {
        if (m_wanted[std::size_t(run - m_runs.data())])
            return true;
    }
    return false;
}

void RunsModel::setColours(const QHash<QString, QColor> &colours)
{
    QStringList changed = m_colours.keys() + colours.keys();
    m_colours = colours;
    for (const QString &key : std::as_const(changed)) {
        if (const QModelIndex row = indexOf(key); row.isValid())
            emit dataChanged(row, row, {Qt::DecorationRole});
    }
}

const RunEntry *RunsModel::runOf(const QString &key) const
{
    const auto place = m_places.constFind(key);
    return place == m_places.constEnd() ? nullptr : &m_runs[std::size_t(*place)];
}

QModelIndex RunsModel::indexOf(const QString &key) const
{
    for (std::size_t row = 0; row < m_tops.size(); ++row) {
        if (m_tops[row].key == key)
            return createIndex(int(row), 0, quintptr(0));
        const auto &runs = m_tops[row].runs;
        if (const auto found = std::ranges::find(runs, key); m_tops[row].isGroup() && found != runs.end())
            return createIndex(int(found - runs.begin()), 0, quintptr(row + 1));
    }
    return {};
}

bool RunsModel::isGroup(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() == 0 && m_tops[std::size_t(index.row())].isGroup();
}

std::vector<const RunEntry *> RunsModel::runsOf(const QModelIndex &index) const
{
    std::vector<const RunEntry *> runs;
    if (!index.isValid())
        return runs;
    const bool child = index.internalId() != 0;
    const Top &top = m_tops[child ? std::size_t(index.internalId() - 1) : std::size_t(index.row())];
    for (std::size_t place = 0; place < top.runs.size(); ++place) {
        if (child && int(place) != index.row())
            continue;
        if (const RunEntry *run = runOf(top.runs[place]))
            runs.push_back(run);
    }
    return runs;
}

QModelIndex RunsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : quintptr(0));
}

QModelIndex RunsModel::parent(const QModelIndex &child) const
{
    return child.isValid() && child.internalId() != 0 ? createIndex(int(child.internalId() - 1), 0, quintptr(0)) : QModelIndex();
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_tops.size());
    return isGroup(parent) && parent.column() == 0 ? int(m_tops[std::size_t(parent.row())].runs.size()) : 0;
}

int RunsModel::columnCount(const QModelIndex &) const
{
    return int(m_columns.size());
}

} // namespace netloom
