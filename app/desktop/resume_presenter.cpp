// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/resume_presenter.h"

#include "desktop/training_session.h"
#include "panels/training_panel.h"
#include "run/unfinished_run.h"

#include <QDateTime>
#include <QMessageBox>

#include <algorithm>

namespace netloom {

ResumePresenter::ResumePresenter(const NodeRegistry &registry, TrainingSession &session, TrainingPanel &panel)
    : QObject(&panel), m_registry(registry), m_session(session), m_panel(panel)
{
    connect(&panel, &TrainingPanel::resumeRunRequested, this, [this] {
        if (!m_runs.empty())
            resume(std::filesystem::path(m_runs.front().folder));
    });
    connect(&panel, &TrainingPanel::keepRunRequested, this, &ResumePresenter::keep);
}

void ResumePresenter::lookIn(const std::filesystem::path &runs, const std::filesystem::path &project)
{
    offer({});
    if (project.empty())
        return;
    m_look.start([this, runs, project](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        std::vector<RunEntry> found = listRuns(runs);
        std::erase_if(found, [&](const RunEntry &run) { return run.status != "interrupted" || run.project != project; });
        return [this, found = std::move(found)] { offer(found); };
    });
}

QString ResumePresenter::offerText(const RunEntry &run)
{
    const QDateTime started = QDateTime::fromString(QString::fromStdString(run.started).left(19), Qt::ISODate);
    const bool today = started.date() == QDate::currentDate();
    const QString when = today ? started.toString("HH:mm") : started.toString("yyyy-MM-dd HH:mm");
    return tr("Training of %1 was interrupted at epoch %2.").arg(when).arg(run.epochs + 1);
}

void ResumePresenter::offer(std::vector<RunEntry> runs)
{
    m_runs = std::move(runs);
    m_panel.offerResume(m_runs.empty() ? QString() : offerText(m_runs.front()));
}

void ResumePresenter::resume(const std::filesystem::path &folder)
{
    TrainingRun::Options options;
    options.folder = folder;
    options.pausesOnTrouble = true;
    if (const Result<Done> done = m_session.resume(options); !done) {
        QMessageBox::warning(m_panel.window(), tr("Resume"), QString::fromStdString(done.error().text));
        return;
    }
    std::vector<RunEntry> left = m_runs;
    std::erase_if(left, [&](const RunEntry &run) { return run.folder == folder; });
    offer(std::move(left));
    emit resumed();
}

void ResumePresenter::keep()
{
    if (m_runs.empty())
        return;
    if (const Result<Done> kept = keepAsItIs(m_registry, m_runs.front().folder); !kept) {
        QMessageBox::warning(&m_panel, tr("Keep as it is"), QString::fromStdString(kept.error().text));
        return;
    }
    emit messageRequested(tr("The run is kept as it was at its last checkpoint."));
    offer({m_runs.begin() + 1, m_runs.end()});
}

} // namespace netloom
