// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search_setup.h"

#include "theme/search_popup.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr char kOneOf[] = "|"; ///< stands for one of several nodes in the list of what can be varied

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    setTextRole(label, TextRole::Section);
    return label;
}

QSpinBox *spin(const QString &name, int least, int most, int value, const QString &help)
{
    auto *box = new QSpinBox;
    box->setObjectName(name);
    box->setRange(least, most);
    box->setValue(value);
    box->setFixedHeight(Theme::kControlHeight);
    box->setToolTip(help);
    return box;
}

QComboBox *combo(const QString &name)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // the form is narrow
    box->setMinimumContentsLength(6);
    box->setFixedHeight(Theme::kControlHeight);
    return box;
}

QFormLayout *form()
{
    auto *layout = new QFormLayout;
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(6);
    layout->setHorizontalSpacing(12);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return layout;
}

void addRow(QFormLayout *layout, const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setFixedHeight(Theme::kControlHeight);
    label->setMinimumWidth(100);
    label->setBuddy(field);
    label->setToolTip(field->toolTip());
    field->setAccessibleName(text);
    layout->addRow(label, field);
}

} // namespace

SearchSetup::SearchSetup(QWidget *parent) : QWidget(parent)
{
    setObjectName("searchSetup");
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 14);
    column->setSpacing(10);
    column->addWidget(heading(tr("What to vary")));
    column->addWidget(makeAxes());
    column->addSpacing(6);
    column->addWidget(heading(tr("How to choose")));
    column->addWidget(makeHow());
    column->addSpacing(6);
    column->addWidget(heading(tr("How long")));
    column->addWidget(makeHowLong());
    m_about = new QLabel;
    m_about->setObjectName("searchAbout");
    m_about->setWordWrap(true);
    setTextRole(m_about, TextRole::Small);
    column->addWidget(m_about);
    column->addStretch(1);
    refresh();
}

QWidget *SearchSetup::makeAxes()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    m_axes = new AxisRows;
    column->addWidget(m_axes);
    m_add = new QPushButton(themedIcon("plus"), tr("Add a parameter…"));
    m_add->setObjectName("searchAdd");
    m_add->setToolTip(tr("A recipe field, a node's parameter, a block's repeat, a switch, other node types, or one of several nodes"));
    column->addWidget(m_add);
    connect(m_add, &QPushButton::clicked, this, &SearchSetup::pickAxis);
    connect(m_axes, &AxisRows::changed, this, &SearchSetup::refresh);
    connect(m_axes, &AxisRows::alternativesRequested, this, &SearchSetup::pickAlternative);
    return box;
}

QWidget *SearchSetup::makeHow()
{
    auto *box = new QWidget;
    QFormLayout *rows = form();
    box->setLayout(rows);
    m_sampler = combo("searchSampler");
    const std::pair<SamplerKind, QString> samplers[] = {{SamplerKind::MultivariateTpe, tr("TPE: learns from trials")},
        {SamplerKind::Tpe, tr("TPE, each axis by itself")}, {SamplerKind::Random, tr("Random")},
        {SamplerKind::Sobol, tr("Sobol: evenly spread")}, {SamplerKind::LatinHypercube, tr("Latin hypercube")}, {SamplerKind::Grid, tr("Grid: every combination")}};
    for (const auto &[kind, text] : samplers)
        m_sampler->addItem(text, int(kind));
    m_pruner = combo("searchPruner");
    const std::pair<PrunerKind, QString> pruners[] = {{PrunerKind::None, tr("Train all in full")}, {PrunerKind::Asha, tr("ASHA: stop poor ones early")},
        {PrunerKind::SuccessiveHalving, tr("Successive halving")}};
    for (const auto &[kind, text] : pruners)
        m_pruner->addItem(text, int(kind));
    m_least = spin("searchLeast", 1, 10000, 1, tr("Trials are first compared after so many epochs"));
    m_factor = spin("searchFactor", 2, 100, 3, tr("One trial in so many goes on to the next comparison"));
    m_seed = spin("searchSeed", 0, 2147483647, 1, tr("Of the choice of points; the trials themselves have the recipe's seed"));
    addRow(rows, tr("Points"), m_sampler);
    addRow(rows, tr("Poor trials"), m_pruner);
    addRow(rows, tr("Compared after"), m_least);
    addRow(rows, tr("Going on"), m_factor);
    addRow(rows, tr("Seed"), m_seed);
    m_factor->setPrefix(tr("1 of "));
    const auto say = [this](int epochs) { m_least->setSuffix(epochs == 1 ? tr(" epoch") : tr(" epochs")); };
    say(m_least->value());
    connect(m_least, &QSpinBox::valueChanged, m_least, say);
    m_fields.insert(m_fields.end(), {m_sampler, m_pruner, m_seed});
    m_prunerFields = {m_least, m_factor};
    connect(m_sampler, &QComboBox::currentIndexChanged, this, &SearchSetup::refresh);
    connect(m_pruner, &QComboBox::currentIndexChanged, this, &SearchSetup::refresh);
    connect(m_least, &QSpinBox::valueChanged, this, &SearchSetup::refresh);
    connect(m_factor, &QSpinBox::valueChanged, this, &SearchSetup::refresh);
    return box;
}

QWidget *SearchSetup::makeHowLong()
{
    auto *box = new QWidget;
    QFormLayout *rows = form();
    box->setLayout(rows);
    m_trials = spin("searchBudget", 1, 1000000, 20, tr("When nothing new is begun any more"));
    m_budgetUnit = combo("searchBudgetUnit");
    m_budgetUnit->addItems({tr("trials"), tr("minutes")});
    m_budgetUnit->setAccessibleName(tr("Unit of the budget"));
    auto *budget = new QWidget;
    auto *line = new QHBoxLayout(budget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(m_trials, 1);
    line->addWidget(m_budgetUnit);
    m_epochs = spin("searchEpochs", 1, 10000, 5, tr("Of a trial that is trained in full"));
    m_folds = spin("searchFolds", 1, 100, 1, tr("Each trial is trained on so many folds of the data, and has their mean; 1 takes the data's own validation part"));
    m_jobs = spin("searchJobs", 1, 256, 1, tr("So many trials at a time, each in a process of its own; fewer where memory is short"));
    addRow(rows, tr("Budget"), budget);
    addRow(rows, tr("Epochs"), m_epochs);
    addRow(rows, tr("Folds"), m_folds);
    addRow(rows, tr("At a time"), m_jobs);
    m_trials->setAccessibleName(tr("Budget"));
    m_fields.insert(m_fields.end(), {m_trials, m_budgetUnit, m_epochs, m_folds, m_jobs, m_add});
    for (QSpinBox *field : {m_trials, m_epochs, m_folds})
        connect(field, &QSpinBox::valueChanged, this, &SearchSetup::refresh);
    connect(m_budgetUnit, &QComboBox::currentIndexChanged, this, &SearchSetup::refresh);
    return box;
}

void SearchSetup::setChoices(std::vector<SearchChoice> choices)
{
    m_choices = std::move(choices);
}

void SearchSetup::setEpochs(std::int64_t epochs)
{
    m_epochs->setValue(int(epochs));
}

void SearchSetup::setUsualJobs(int jobs)
{
    m_jobs->setValue(jobs);
}

bool SearchSetup::addAxis(const std::string &name)
{
    if (name == kOneOf) {
        SearchAxis axis = SearchAxis::choice({}, {});
        axis.target = SearchAxis::Target::OneOf;
        m_axes->add(axis, tr("One of these nodes or blocks is on, the others are bypassed."));
        return true;
    }
    const auto choice = std::ranges::find(m_choices, name, [](const SearchChoice &each) { return each.axis.name; });
    if (choice == m_choices.end())
        return false;
    m_axes->add(choice->axis, QString::fromStdString(choice->doc));
    return true;
}

bool SearchSetup::hasSeveralSwitches() const
{
    return std::ranges::count(m_choices, SearchAxis::Target::Switch, [](const SearchChoice &each) { return each.axis.target; }) > 1;
}

void SearchSetup::pickAxis()
{
    if (!m_popup) {
        m_popup = new SearchPopup("searchAxes", tr("Find a parameter"), 420, window());
        connect(m_popup, &SearchPopup::picked, this, [this](const QString &key) { addAxis(key.toStdString()); });
    }
    m_popup->open(m_add->mapTo(window(), QPoint(0, m_add->height() + 4)), [this](const QString &text) {
        QList<SearchEntry> entries;
        const auto offer = [&](const SearchEntry &entry) {
            if ((entry.text + ' ' + entry.detail).contains(text.trimmed(), Qt::CaseInsensitive))
                entries << entry;
        };
        for (const SearchChoice &choice : m_choices) {
            if (m_axes->has(choice.axis.name))
                continue;
            const QString name = QString::fromStdString(choice.axis.name);
            const QString about = choice.type.empty() ? tr("recipe") : QString::fromStdString(choice.type);
            const SearchAxis::Target target = choice.axis.target;
            offer({name, name, target == SearchAxis::Target::Switch ? tr("switch, %1").arg(about) : target == SearchAxis::Target::Type ? tr("instead of %1").arg(about) : about,
                {}, QString::fromStdString(choice.doc), {}});
        }
        if (hasSeveralSwitches())
            offer({kOneOf, tr("One of several nodes"), tr("structure"), {}, tr("One of these nodes or blocks is on, the others are bypassed."), {}});
        return entries;
    });
}

void SearchSetup::pickAlternative(const QString &key, const SearchAxis &axis, QWidget *button)
{
    if (!m_alternativesPopup) {
        m_alternativesPopup = new SearchPopup("searchAlternatives", tr("Find a node"), 420, window());
        connect(m_alternativesPopup, &SearchPopup::picked, this, [this](const QString &name) { m_axes->addChoice(m_asking, name); });
    }
    m_asking = key;
    const auto all = m_alternatives ? m_alternatives(axis) : std::vector<SearchAlternative>();
    m_alternativesPopup->open(button->mapTo(window(), QPoint(0, button->height() + 4)), [all](const QString &text) {
        QList<SearchEntry> entries;
        for (const SearchAlternative &one : all) {
            const QString name = QString::fromStdString(one.name), about = QString::fromStdString(one.about);
            if ((name + ' ' + about).contains(text.trimmed(), Qt::CaseInsensitive))
                entries << SearchEntry{name, name, about, {}, QString::fromStdString(one.doc), {}};
        }
        return entries;
    });
}

/// What the settings come to, in words; fields that don't count are greyed.
void SearchSetup::refresh()
{
    if (!m_about || !m_jobs)
        return;
    const bool prunes = PrunerKind(m_pruner->currentData().toInt()) != PrunerKind::None;
    for (QWidget *field : m_prunerFields)
        field->setEnabled(prunes && m_trials->isEnabled());
    const bool grid = SamplerKind(m_sampler->currentData().toInt()) == SamplerKind::Grid;
    const Result<std::vector<SearchAxis>> axes = m_axes->axes();
    QStringList words;
    if (grid && axes && !axes->empty())
        words << (gridSize(*axes) == 1 ? tr("The grid has 1 point.") : tr("The grid has %1 points.").arg(gridSize(*axes)));
    if (prunes) {
        const Ladder ladder = Ladder::make(PrunerKind(m_pruner->currentData().toInt()), m_least->value(), m_factor->value(), m_epochs->value(), m_trials->value());
        QStringList rungs;
        for (const std::int64_t rung : ladder.rungs)
            rungs << QString::number(rung);
        words << (rungs.size() > 1 ? tr("Trials are compared after %1 epochs.").arg(rungs.join(", ")) : tr("For a comparison before the end, train for more epochs."));
    }
    if (m_folds->value() > 1)
        words << tr("Each trial is trained %1 times.").arg(m_folds->value());
    m_about->setText(words.join(' '));
}

Result<SearchSettings> SearchSetup::settings() const
{
    Result<std::vector<SearchAxis>> axes = m_axes->axes();
    if (!axes)
        return axes.error();
    SearchSettings settings;
    settings.axes = std::move(*axes);
    settings.sampler = SamplerKind(m_sampler->currentData().toInt());
    settings.pruner = PrunerKind(m_pruner->currentData().toInt());
    settings.leastEpochs = m_least->value();
    settings.factor = m_factor->value();
    settings.fullEpochs = m_epochs->value();
    settings.seed = std::uint64_t(m_seed->value());
    settings.folds = m_folds->value();
    settings.jobs = m_jobs->value();
    if (m_budgetUnit->currentIndex() == 0)
        settings.trials = m_trials->value();
    else
        settings.minutes = m_trials->value();
    return settings;
}

void SearchSetup::show(const SearchSettings &settings)
{
    m_axes->clear();
    for (const SearchAxis &axis : settings.axes)
        m_axes->add(axis, {});
    m_sampler->setCurrentIndex(m_sampler->findData(int(settings.sampler)));
    m_pruner->setCurrentIndex(m_pruner->findData(int(settings.pruner)));
    m_least->setValue(int(settings.leastEpochs));
    m_factor->setValue(int(settings.factor));
    m_epochs->setValue(int(settings.fullEpochs));
    m_seed->setValue(int(settings.seed));
    m_folds->setValue(int(settings.folds));
    m_jobs->setValue(int(settings.jobs));
    m_budgetUnit->setCurrentIndex(settings.trials > 0 ? 0 : 1);
    m_trials->setValue(settings.trials > 0 ? int(settings.trials) : std::max(1, int(settings.minutes)));
}

void SearchSetup::setLocked(bool locked)
{
    m_axes->setLocked(locked);
    for (QWidget *field : m_fields)
        field->setEnabled(!locked);
    refresh();
}

} // namespace netloom
