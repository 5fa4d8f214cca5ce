// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/resume_presenter.h"

#include "desktop/training_session.h"
#include "panels/training_panel.h"
#include "run/unfinished_run.h"

#include <QDateTime>
#include <QMessageBox>

#include <QPushButton>

#include <algorithm>
#include <utility>

namespace netloom {

ResumePresenter::ResumePresenter(const NodeRegistry &registry, TrainingSession &session, TrainingPanel &panel)
    : QObject(&panel), m_registry(registry), m_session(session), m_panel(panel)
{
    connect(&panel, &TrainingPanel::resumeRunRequested, this, [this] {
        if (!m_runs.empty())
            resume(std::filesystem::path(m_runs.front().folder));
    });
    connect(&panel, &TrainingPanel::keepRunRequested, this, &ResumePresenter::keep);
    connect(&session, &TrainingSession::eventReceived, this, &ResumePresenter::noteFailure);
    connect(&session, &TrainingSession::ended, this, &ResumePresenter::askAboutData);
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

void ResumePresenter::resume(const std::filesystem::path &folder, bool evenIfDataChanged)
{
    TrainingRun::Options options;
    options.folder = folder;
    options.pausesOnTrouble = true;
    options.evenIfDataChanged = evenIfDataChanged;
    if (const Result<Done> done = m_session.resume(options); !done) {
        QMessageBox::warning(m_panel.window(), tr("Resume"), QString::fromStdString(done.error().text));
        return;
    }
    m_resumed = folder;
    const auto offered = std::ranges::find_if(m_runs, [&](const RunEntry &run) { return run.folder == folder; });
    m_offered = offered == m_runs.end() ? std::nullopt : std::optional(*offered);
    std::vector<RunEntry> left = m_runs;
    std::erase_if(left, [&](const RunEntry &run) { return run.folder == folder; });
    offer(std::move(left));
    emit resumed();
}

void ResumePresenter::noteFailure(const TrainEvent &event)
{
    if (const auto *failed = std::get_if<TrainFailed>(&event); failed && failed->dataChanged)
        m_dataChange = QString::fromStdString(failed->text);
}

/// The run is as it was: it is offered again.
void ResumePresenter::askAboutData()
{
    const QString change = std::exchange(m_dataChange, QString());
    const auto folder = std::exchange(m_resumed, {});
    const auto offered = std::exchange(m_offered, std::nullopt);
    if (change.isEmpty() || folder.empty())
        return;
    if (offered) {
        m_runs.insert(m_runs.begin(), *offered);
        offer(std::vector(m_runs));
    }
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Resume"), change, QMessageBox::Cancel, &m_panel);
    box->setObjectName("dataChanged");
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto *anyway = box->addButton(tr("Resume Anyway"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(anyway, &QAbstractButton::clicked, this, [this, folder] { resume(folder, true); });
    box->open();
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
