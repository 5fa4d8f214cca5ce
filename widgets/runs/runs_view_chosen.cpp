// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_details.h"
#include "runs/run_folder.h"
#include "runs/runs_sort.h"
#include "runs/runs_view.h"
#include "runs/seed_verdict.h"
#include "runs/settings_table.h"
#include "theme/run_colour.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <set>

namespace netloom {

namespace {

constexpr int kMostLines = 40;

} // namespace

/// The selected rows in the order of the table, with names that tell them apart and colours that stay.
void RunsView::refreshChosen()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, [this](const QModelIndex &row) { return m_table->visualRect(row).top(); });
    std::vector<Chosen> now;
    std::vector<RunEntry> samples;
    const auto add = [&](const QString &key, const std::vector<const RunEntry *> &runs) {
        if (runs.empty() || int(now.size()) >= kMostLines)
            return;
        Chosen chosen{key, {}, {}, {}};
        for (const RunEntry *run : runs)
            chosen.folders << runKey(*run);
        now.push_back(std::move(chosen));
        samples.push_back(*runs.front());
        if (runs.size() > 1)
            samples.back().recipe.erase("seed");
    };
    for (const QModelIndex &row : rows) {
        const QModelIndex source = m_sort->mapToSource(row);
        const auto runs = m_model->runsOf(source);
        if (m_model->isGroup(source) && !runs.empty() && !runs.front()->isOfSeeds) {
            for (const RunEntry *run : runs)
                add(runKey(*run), {run});
        } else {
            add(m_model->keyOf(source), runs);
        }
    }
    const std::vector<std::string> names = shortNames(samples);
    QHash<QString, int> colours;
    std::set<int> taken;
    for (const Chosen &chosen : now) {
        if (m_colours.contains(chosen.key))
            taken.insert(*colours.insert(chosen.key, m_colours[chosen.key]));
    }
    QHash<QString, QColor> shown;
    for (std::size_t place = 0; place < now.size(); ++place) {
        Chosen &chosen = now[place];
        if (!colours.contains(chosen.key)) {
            int free = 0;
            while (taken.contains(free))
                ++free;
            taken.insert(free);
            colours.insert(chosen.key, free);
        }
        chosen.name = QString::fromStdString(names[place]);
        chosen.colour = runColour(colours[chosen.key]);
        shown.insert(chosen.key, chosen.colour);
    }
    m_colours = colours;
    m_chosen = std::move(now);
    m_model->setColours(shown);
    m_details->setRuns(chosenRuns());
    refreshActions();
    refreshSentence();
    emit chosenChanged();
}

std::vector<const RunEntry *> RunsView::chosenRuns() const
{
    std::vector<const RunEntry *> runs;
    for (const Chosen &chosen : m_chosen) {
        for (const QString &folder : chosen.folders) {
            for (const RunEntry *run : m_model->runsOf(m_model->indexOf(folder))) {
                if (std::ranges::find(runs, run) == runs.end())
                    runs.push_back(run);
            }
        }
    }
    return runs;
}

const RunEntry *RunsView::onlyRun() const
{
    const auto runs = chosenRuns();
    return runs.size() == 1 ? runs.front() : nullptr;
}

QString RunsView::onlyFolder() const
{
    const RunEntry *run = onlyRun();
    return run ? runKey(*run) : QString();
}

void RunsView::refreshActions()
{
    const RunEntry *run = onlyRun();
    m_openButton->setEnabled(run);
    m_resume->setVisible(run && canBeResumed(*run));
    m_deleteButton->setEnabled(!m_chosen.empty());
    for (QAction *action : m_exportButton->menu()->actions())
        action->setEnabled(!action->data().toBool() || !m_chosen.empty());
}

/// Two: whether they differ by more than chance. More: which is the best.
void RunsView::refreshSentence()
{
    QString sentence = m_curves->lines().bestText();
    if (m_chosen.size() == 2) {
        std::vector<Contender> both;
        for (const Chosen &chosen : m_chosen) {
            Contender contender{chosen.name.toStdString(), {}};
            for (const QString &folder : chosen.folders) {
                for (const RunEntry *run : m_model->runsOf(m_model->indexOf(folder)))
                    contender.runs.push_back(*run);
            }
            both.push_back(std::move(contender));
        }
        if (const std::string verdict = seedVerdict(both[0], both[1]); !verdict.empty())
            sentence = QString::fromStdString(verdict);
    } else if (m_chosen.size() == 1 && m_chosen.front().folders.size() > 1) {
        sentence = tr("Mean of %1 seeds; the band is one standard deviation on either side.").arg(m_chosen.front().folders.size());
    }
    m_sentence->setText(sentence);
}

void RunsView::setCurves(const QHash<QString, RunCurves> &byFolder)
{
    std::vector<RunLine> lines;
    for (const Chosen &chosen : m_chosen) {
        RunLine line{chosen.name, chosen.colour, {}};
        for (const QString &folder : chosen.folders) {
            if (const auto found = byFolder.constFind(folder); found != byFolder.constEnd() && !found->empty())
                line.runs.push_back(*found);
        }
        if (!line.runs.empty())
            lines.push_back(std::move(line));
    }
    m_curvesOf = byFolder;
    m_curves->setLines(std::move(lines));
    refreshSentence();
}

void RunsView::setSettings(std::vector<SettingRow> rows)
{
    std::vector<SettingsTable::Column> columns;
    for (const Chosen &chosen : m_chosen)
        columns.push_back({chosen.name, chosen.colour});
    if (!rows.empty() && rows.front().values.size() != columns.size())
        return; // of a selection that is gone
    m_settings->setSettings(std::move(rows), columns);
}

void RunsView::setLook()
{
    RunCurvesPlot::Look look;
    look.training = m_training->isChecked();
    look.validation = m_validation->isChecked();
    look.logarithmic = m_log->isChecked();
    look.smoothing = m_smoothing->value() * 0.05;
    m_curves->setLook(look);
}

} // namespace netloom
