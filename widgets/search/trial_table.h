// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/study.h"

#include <QAbstractTableModel>

#include <map>

namespace netloom {

/// The trials of a search as a table: number, state, score, epochs, its parameters, size and time. Sorts by what is compared, not by the text.
class TrialTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, State, Score, Epochs, FirstAxis }; ///< after the axes: parameters, multiply-adds, time
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setTrials(const SearchSettings &settings, std::vector<SearchTrial> trials);
    /// Takes the place of the trial with its number, or comes after all.
    void setTrial(const SearchTrial &trial);
    const std::vector<SearchTrial> &trials() const { return m_trials; }
    const SearchSettings &settings() const { return m_settings; }
    /// The number of the best trial; 0 for none. It is written bold.
    void setBest(int number);

    /// The trials whose runs were trained on with outside of the search, by number, with the epochs that they have now.
    void setTrainedOn(std::map<std::int64_t, std::int64_t> epochs);
    /// "Its run was trained on to epoch 9 …"; "" where nobody did.
    QString trainedOnText(const SearchTrial &trial) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// For spreadsheets: a row for each trial, with numbers as they are.
    QString csv() const;
    static QString stateText(TrialState state);
    QString scoreText(const SearchTrial &trial) const;

private:
    QString text(const SearchTrial &trial, int column) const;
    QVariant sortValue(const SearchTrial &trial, int column) const;
    int axisCount() const { return int(m_settings.axes.size()); }

    SearchSettings m_settings;
    std::vector<SearchTrial> m_trials;
    std::map<std::int64_t, std::int64_t> m_trainedOn;
    int m_best = 0;
};

/// "91.2 %", or a number where no accuracy is meant.
QString goalText(const SearchGoal &goal, double score);
/// "Validation accuracy"
QString goalTitle(const SearchGoal &goal);

} // namespace netloom
