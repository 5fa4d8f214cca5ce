// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/trial_table.h"

#include "panels/fact_rows.h"
#include "plots/estimate_plot.h"
#include "runs/csv_field.h"
#include "theme/theme.h"

#include <cmath>

namespace netloom {

QString goalText(const SearchGoal &goal, double score)
{
    return goal == SearchGoal::accuracy() ? TrialTable::tr("%1 %").arg(score * 100, 0, 'f', 2) : shortNumberText(score);
}

QString goalTitle(const SearchGoal &goal)
{
    if (goal == SearchGoal::accuracy())
        return TrialTable::tr("Validation accuracy");
    return goal == SearchGoal::r2() ? TrialTable::tr("Validation R²") : TrialTable::tr("Validation loss");
}

void TrialTable::setTrials(const SearchSettings &settings, std::vector<SearchTrial> trials)
{
    beginResetModel();
    m_settings = settings;
    m_trials = std::move(trials);
    m_trainedOn.clear();
    m_best = 0;
    endResetModel();
}

void TrialTable::setTrainedOn(std::map<std::int64_t, std::int64_t> epochs)
{
    if (m_trainedOn == epochs)
        return;
    m_trainedOn = std::move(epochs);
    if (!m_trials.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QString TrialTable::trainedOnText(const SearchTrial &trial) const
{
    const auto found = m_trainedOn.find(trial.number);
    if (found == m_trainedOn.end())
        return {};
    return tr("Its run was trained on to epoch %1 outside of the search. The score is that of the epochs until %2, which the search saw.").arg(found->second).arg(trial.epochs());
}

void TrialTable::setTrial(const SearchTrial &trial)
{
    const int row = int(trial.number) - 1;
    if (row < int(m_trials.size())) {
        m_trials[std::size_t(row)] = trial;
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
        return;
    }
    if (row > int(m_trials.size()))
        return;
    beginInsertRows({}, row, row);
    m_trials.push_back(trial);
    endInsertRows();
}

void TrialTable::setBest(int number)
{
    if (m_best == number)
        return;
    m_best = number;
    if (!m_trials.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int TrialTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_trials.size());
}

int TrialTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstAxis + axisCount() + 3;
}

QString TrialTable::stateText(TrialState state)
{
    switch (state) {
    case TrialState::Running: return tr("running");
    case TrialState::Waiting: return tr("waiting");
    case TrialState::Finished: return tr("finished");
    case TrialState::Stopped: return tr("stopped early");
    case TrialState::Failed: break;
    }
    return tr("failed");
}

QString TrialTable::scoreText(const SearchTrial &trial) const
{
    const auto best = trial.best(m_settings.goal);
    return best ? goalText(m_settings.goal, best->score) : QString::fromUtf8("–");
}

QString TrialTable::text(const SearchTrial &trial, int column) const
{
    switch (column) {
    case Number: return QString::number(trial.number);
    case State: return m_trainedOn.contains(trial.number) ? tr("%1, then trained on").arg(stateText(trial.state)) : stateText(trial.state);
    case Score: return scoreText(trial);
    case Epochs: {
        const auto now = m_trainedOn.find(trial.number);
        return now == m_trainedOn.end() ? QString::number(trial.epochs()) : tr("%1 of %2").arg(trial.epochs()).arg(now->second);
    }
    default: break;
    }
    const int axis = column - FirstAxis;
    if (axis < axisCount())
        return QString::fromStdString(m_settings.axes[std::size_t(axis)].text(trial.point[std::size_t(axis)]));
    switch (axis - axisCount()) {
    case 0: return trial.cost.parameters > 0 ? shortCount(trial.cost.parameters) : QString::fromUtf8("–");
    case 1: return trial.cost.multiplyAdds > 0 ? shortCount(trial.cost.multiplyAdds) : QString::fromUtf8("–");
    default: return trial.seconds > 0 ? tr("%1 s").arg(trial.seconds, 0, 'f', trial.seconds < 10 ? 1 : 0) : QString::fromUtf8("–");
    }
}

QVariant TrialTable::sortValue(const SearchTrial &trial, int column) const
{
    switch (column) {
    case Number: return qlonglong(trial.number);
    case State: return int(trial.state);
    case Score: {
        const auto best = trial.best(m_settings.goal);
        return best ? best->score : m_settings.goal.greatest ? -HUGE_VAL : HUGE_VAL;
    }
    case Epochs: return qlonglong(trial.epochs());
    default: break;
    }
    const int axis = column - FirstAxis;
    if (axis < axisCount())
        return trial.point[std::size_t(axis)];
    switch (axis - axisCount()) {
    case 0: return qlonglong(trial.cost.parameters);
    case 1: return qlonglong(trial.cost.multiplyAdds);
    default: return trial.seconds;
    }
}

QVariant TrialTable::data(const QModelIndex &index, int role) const
{
    const SearchTrial &trial = m_trials[std::size_t(index.row())];
    const int column = index.column();
    const bool poor = trial.state == TrialState::Stopped || trial.state == TrialState::Failed;
    switch (role) {
    case Qt::DisplayRole: return text(trial, column);
    case kSortRole: return sortValue(trial, column);
    case Qt::TextAlignmentRole: return int((column == State ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ToolTipRole: return trial.problem.empty() ? trainedOnText(trial) : QString::fromStdString(trial.problem);
    case Qt::ForegroundRole:
        if (trial.state == TrialState::Failed && column == State)
            return Theme::current().error;
        return poor ? QVariant(Theme::current().textMuted) : QVariant();
    case Qt::FontRole: {
        if (trial.number != m_best || column >= FirstAxis)
            return {};
        QFont bold = themeFont(TextRole::Body);
        bold.setWeight(QFont::DemiBold);
        return bold;
    }
    case Qt::DecorationRole:
        if (column != State)
            return {};
        switch (trial.state) {
        case TrialState::Running: return themedIcon("play", Theme::current().accent);
        case TrialState::Waiting: return themedIcon("pause", Theme::current().textMuted);
        case TrialState::Finished: return themedIcon("check", Theme::current().success);
        case TrialState::Stopped: return themedIcon("stop", Theme::current().textMuted);
        case TrialState::Failed: return themedIcon("error", Theme::current().error);
        }
        return {};
    default: return {};
    }
}

QString TrialTable::csv() const
{
    std::vector<std::string> heads{"trial", "state", m_settings.goal.metric, "best_epoch", "epochs"};
    for (const SearchAxis &axis : m_settings.axes)
        heads.push_back(axis.name);
    heads.insert(heads.end(), {"parameters", "multiply_adds", "seconds", "problem"});
    QString text;
    const auto addRow = [&](const std::vector<std::string> &fields) {
        QStringList row;
        for (const std::string &one : fields)
            row << QString::fromStdString(csvField(one));
        text += row.join(',') + '\n';
    };
    addRow(heads);
    for (const SearchTrial &trial : m_trials) {
        const auto best = trial.best(m_settings.goal);
        const auto number = [](double value) { return QString::number(value, 'g', 8).toStdString(); };
        std::vector<std::string> row{std::to_string(trial.number), std::string(toString(trial.state)), best ? number(best->score) : "",
            best ? std::to_string(best->epoch) : "", std::to_string(trial.epochs())};
        for (std::size_t axis = 0; axis < trial.point.size(); ++axis)
            row.push_back(m_settings.axes[axis].text(trial.point[axis]));
        row.insert(row.end(), {std::to_string(trial.cost.parameters), std::to_string(trial.cost.multiplyAdds), number(trial.seconds), trial.problem});
        addRow(row);
    }
    return text;
}

QVariant TrialTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == State ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return tr("Trial");
    case State: return tr("State");
    case Score: return goalTitle(m_settings.goal);
    case Epochs: return tr("Epochs");
    default: break;
    }
    const int axis = section - FirstAxis;
    if (axis < axisCount())
        return QString::fromStdString(m_settings.axes[std::size_t(axis)].name).remove(QStringLiteral("recipe."));
    switch (axis - axisCount()) {
    case 0: return tr("Parameters");
    case 1: return tr("Multiply-adds");
    default: return tr("Time");
    }
}

} // namespace netloom
