// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/axis_rows.h"
#include "search/study.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace netloom {

class SearchPopup;

/// The form of a search: what it varies, how points are chosen, how poor trials are stopped, and for how long.
class SearchSetup : public QWidget {
    Q_OBJECT
public:
    explicit SearchSetup(QWidget *parent = nullptr);

    /// What can be varied in the project, for the list to pick from.
    void setChoices(std::vector<SearchChoice> choices);
    void setReader(AxisRows::Reader reader) { m_axes->setReader(std::move(reader)); }
    /// Says what else an axis may choose: node types that fit, or nodes.
    using Alternatives = std::function<std::vector<SearchAlternative>(const SearchAxis &axis)>;
    void setAlternatives(Alternatives alternatives) { m_alternatives = std::move(alternatives); }
    /// Of the recipe: how long a trial in full is.
    void setEpochs(std::int64_t epochs);
    void setUsualJobs(int jobs);
    /// Adds what is called @p name: false where there is no such thing.
    bool addAxis(const std::string &name);
    AxisRows *axes() const { return m_axes; }

    /// The search that the form describes, but for its goal. The error says what is missing.
    Result<SearchSettings> settings() const;
    /// Shows a search that was made before.
    void show(const SearchSettings &settings);
    void setLocked(bool locked);

public slots:
    /// Opens the list of what can be varied.
    void pickAxis();

private:
    void pickAlternative(const QString &key, const SearchAxis &axis, QWidget *button);
    bool hasSeveralSwitches() const;
    QWidget *makeAxes();
    QWidget *makeHow();
    QWidget *makeHowLong();
    void refresh();

    std::vector<SearchChoice> m_choices;
    AxisRows *m_axes = nullptr;
    QPushButton *m_add = nullptr;
    SearchPopup *m_popup = nullptr, *m_alternativesPopup = nullptr;
    Alternatives m_alternatives;
    QString m_asking; ///< the row that m_alternativesPopup is open for
    QComboBox *m_sampler = nullptr, *m_pruner = nullptr, *m_budgetUnit = nullptr;
    QSpinBox *m_seed = nullptr, *m_least = nullptr, *m_factor = nullptr, *m_epochs = nullptr, *m_trials = nullptr, *m_jobs = nullptr, *m_folds = nullptr;
    std::vector<QWidget *> m_prunerFields, m_fields;
    QLabel *m_about = nullptr; ///< what the sampler and the budget come to
};

} // namespace netloom
