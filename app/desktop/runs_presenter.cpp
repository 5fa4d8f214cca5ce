// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/runs_presenter.h"

#include "desktop/save_dialog.h"
#include "plots/run_curves_plot.h"
#include "project/project.h"
#include "runs/run_store.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QSettings>
#include <QUrl>

#include <chrono>
#include <mutex>

namespace netloom {

namespace {

constexpr std::chrono::milliseconds kLookEvery{2000}; ///< other programs may train, too

} // namespace

struct RunsPresenter::Shelf {
    explicit Shelf(std::filesystem::path folder) : base(std::move(folder)) {}

    /// Opened by the first thread that needs it.
    RunStore &store()
    {
        if (!opened)
            opened = std::make_unique<RunStore>(base);
        return *opened;
    }

    std::mutex mutex;
    std::filesystem::path base;
    std::unique_ptr<RunStore> opened;
};

RunsPresenter::RunsPresenter(const NodeRegistry &registry, RunsView &view, QObject *parent) : QObject(parent), m_registry(registry), m_view(view)
{
    m_timer.setInterval(kLookEvery);
    connect(&m_timer, &QTimer::timeout, this, &RunsPresenter::refresh);
    connect(&view, &RunsView::chosenChanged, this, &RunsPresenter::compareChosen);
    connect(&view, &RunsView::columnsChanged, this, [this] { QSettings().setValue("runs/columns", m_view.shownColumns()); });
    connect(&view, &RunsView::deleteRequested, this, &RunsPresenter::remove);
    connect(&view, &RunsView::undoRequested, this, &RunsPresenter::takeBack);
    connect(&view, &RunsView::exportRequested, this, &RunsPresenter::save);
    connect(&view, &RunsView::reportRequested, this, [this](const QString &folder) {
        const QString report = QDir(folder).filePath(kReportFile);
        if (QFileInfo::exists(report))
            open(report);
        else
            emit messageRequested(tr("This run has no report: its training did not come to an end."));
    });
    connect(&view, &RunsView::folderRequested, this, &RunsPresenter::open);
    connect(&view, &RunsView::tagsEdited, this, [this](const QStringList &folders, const QString &text) {
        change(folders, [tags = tagsFromText(text.toStdString())](RunStore &store, const std::filesystem::path &folder) { return store.setTags(folder, tags); });
    });
    connect(&view, &RunsView::noteEdited, this, [this](const QStringList &folders, const QString &text) {
        change(folders, [note = text.toStdString()](RunStore &store, const std::filesystem::path &folder) { return store.setNote(folder, note); });
    });
    if (const QVariant columns = QSettings().value("runs/columns"); columns.isValid())
        view.setShownColumns(columns.toStringList());
}

RunsPresenter::~RunsPresenter() = default;

void RunsPresenter::setFolder(const std::filesystem::path &folder)
{
    if (folder == m_folder)
        return;
    m_folder = folder;
    m_shelf.reset();
    m_listing.stop();
    m_comparing.stop();
    m_compared.clear();
    m_view.setRuns({});
    m_view.setNotice({});
    refresh();
}

void RunsPresenter::setActive(bool active)
{
    m_active = active;
    active ? m_timer.start() : m_timer.stop();
    refresh();
}

void RunsPresenter::refresh()
{
    std::error_code error;
    if (!m_active || (!m_shelf && !std::filesystem::is_directory(m_folder, error)))
        return; // there is no run, and no reason to make a folder for them
    if (m_listing.isRunning()) {
        m_again = true;
        return;
    }
    if (!m_shelf)
        m_shelf = std::make_shared<Shelf>(m_folder);
    m_again = false;
    m_listing.start([this, shelf = m_shelf](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        const std::scoped_lock lock(shelf->mutex);
        const Result<Done> adopted = shelf->store().adoptFolders();
        Result<std::vector<RunEntry>> runs = shelf->store().list();
        auto notes = shelf->store().takeNotes();
        if (!adopted)
            notes.push_back(adopted.error().text);
        return [this, runs = runs ? std::move(*runs) : std::vector<RunEntry>(), notes = std::move(notes), lasting = shelf->store().isLasting()]() mutable {
            show(std::move(runs), notes, lasting);
        };
    });
}

void RunsPresenter::show(std::vector<RunEntry> runs, const std::vector<std::string> &notes, bool lasting)
{
    if (!notes.empty()) {
        QStringList sentences;
        for (const std::string &note : notes)
            sentences << QString::fromStdString(note);
        m_view.setNotice(sentences.join(' '));
    }
    m_view.setEditable(lasting, tr("Tags and notes can't be kept here: see the message above."));
    m_view.setRuns(std::move(runs));
    if (m_again)
        refresh();
}

/// Reads curves and networks of what is chosen, unless nothing of it has changed.
void RunsPresenter::compareChosen()
{
    QStringList now;
    std::vector<std::filesystem::path> folders, first;
    bool seeds = false; // one stands for all of its group, but for its seed
    for (const RunsView::Chosen &chosen : m_view.chosen()) {
        seeds = seeds || chosen.folders.size() > 1;
        now << chosen.key << chosen.name << chosen.colour.name();
        first.emplace_back(chosen.folders.front().toStdString());
        for (const QString &folder : chosen.folders) {
            folders.emplace_back(folder.toStdString());
            for (const RunEntry *run : m_view.model().runsOf(m_view.model().indexOf(folder)))
                now << folder << QString::number(run->epochs) << QString::fromStdString(run->status);
        }
    }
    if (now == m_compared || !m_shelf)
        return;
    m_compared = now;
    m_comparing.start([this, shelf = m_shelf, folders, first, seeds](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        QHash<QString, RunCurves> curves;
        std::vector<Project> projects;
        const std::scoped_lock lock(shelf->mutex);
        for (const std::filesystem::path &folder : folders)
            curves.insert(QString::fromStdString(folder.string()), shelf->store().curves(folder));
        for (const std::filesystem::path &folder : first) {
            auto loaded = projectFromJson(shelf->store().network(folder), m_registry, folder);
            projects.push_back(loaded ? std::move(loaded->project) : Project());
        }
        std::vector<SettingRow> settings = projects.empty() ? std::vector<SettingRow>() : compareSettings(m_registry, projects);
        if (seeds)
            std::erase_if(settings, [](const SettingRow &row) { return row.isRecipe && row.name == "seed"; });
        return [this, curves = std::move(curves), settings = std::move(settings)] {
            m_curves = curves;
            m_view.setCurves(curves);
            m_view.setSettings(settings);
        };
    });
}

void RunsPresenter::change(const QStringList &folders, const std::function<Result<Done>(RunStore &, const std::filesystem::path &)> &act)
{
    if (!m_shelf)
        return;
    m_changing.start([this, shelf = m_shelf, folders, act](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        const std::scoped_lock lock(shelf->mutex);
        QString trouble;
        for (const QString &folder : folders) {
            if (const Result<Done> done = act(shelf->store(), folder.toStdString()); !done)
                trouble = QString::fromStdString(done.error().text);
        }
        return [this, trouble] {
            if (!trouble.isEmpty())
                emit messageRequested(trouble);
            refresh();
        };
    });
}

void RunsPresenter::remove(const QStringList &folders)
{
    for (const QString &folder : folders) {
        for (const RunEntry *run : m_view.model().runsOf(m_view.model().indexOf(folder))) {
            if (run->status == "running") {
                emit messageRequested(tr("A run that is still training can't be deleted: stop it first."));
                return;
            }
        }
    }
    QMessageBox box(QMessageBox::Question, tr("Delete runs"), tr("Move %1 to the trash?").arg(runCountText(int(folders.size()))), QMessageBox::Cancel, &m_view);
    box.setObjectName("deleteRuns");
    box.setInformativeText(tr("With weights, curves and reports. Undo brings them back as long as the window is open; after that they are in the system's trash."));
    QPushButton *move = box.addButton(tr("Move to the trash"), QMessageBox::AcceptRole);
    box.setDefaultButton(move);
    box.exec();
    if (box.clickedButton() != move)
        return;
    QList<Moved> moved;
    for (const QString &folder : folders) {
        QString place;
        if (QFile::moveToTrash(folder, &place))
            moved << Moved{folder, place};
        else
            emit messageRequested(tr("%1 could not be moved to the trash: delete the folder with your file manager.").arg(folder));
    }
    if (!moved.isEmpty())
        m_trashed.push_back(moved);
    offerUndo();
    refresh();
}

void RunsPresenter::takeBack()
{
    if (m_trashed.empty())
        return;
    QStringList back;
    for (const Moved &run : m_trashed.back()) {
        QDir().mkpath(QFileInfo(run.from).absolutePath());
        if (!QDir().rename(run.to, run.from)) {
            emit messageRequested(tr("%1 is no longer in the trash.").arg(QFileInfo(run.from).fileName()));
            continue;
        }
        const QFileInfo trashed(run.to);
        QFile::remove(trashed.dir().filePath("../info/" + trashed.fileName() + ".trashinfo"));
        back << run.from;
    }
    m_trashed.pop_back();
    offerUndo();
    refresh();
}

void RunsPresenter::offerUndo()
{
    m_view.setUndo(m_trashed.empty() ? QString() : tr("%1 deleted").arg(runCountText(int(m_trashed.back().size()))));
}

void RunsPresenter::save(RunsView::Export what)
{
    const QString suffix = what == RunsView::Export::CurvesPng ? "png" : what == RunsView::Export::CurvesSvg ? "svg" : "csv";
    const QString name = what == RunsView::Export::TableCsv ? "runs.csv" : "curves." + suffix;
    const QString suggested = QDir(QString::fromStdString(m_folder.parent_path().string())).filePath(name);
    const QString path = askForSaveFile(&m_view, tr("Export"), suggested, "*." + suffix, suffix);
    if (path.isEmpty())
        return;
    if (write(what, path))
        emit messageRequested(tr("Written: %1").arg(path));
    else
        QMessageBox::warning(&m_view, tr("Export"), tr("%1 could not be written: choose another folder.").arg(path));
}

bool RunsPresenter::write(RunsView::Export what, const QString &path)
{
    if (what == RunsView::Export::CurvesPng)
        return m_view.curves()->toImage().save(path);
    if (what == RunsView::Export::CurvesSvg)
        return m_view.curves()->saveSvg(path);
    QByteArray text = m_view.tableCsv().toUtf8();
    if (what == RunsView::Export::CurvesCsv) {
        std::vector<std::pair<std::string, RunCurves>> runs;
        for (const RunsView::Chosen &chosen : m_view.chosen()) {
            for (const QString &folder : chosen.folders)
                runs.emplace_back(std::filesystem::path(folder.toStdString()).lexically_relative(m_folder).string(), m_curves.value(folder));
        }
        text = QByteArray::fromStdString(curvesCsv(runs));
    }
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
}

void RunsPresenter::open(const QString &path)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        QMessageBox::information(&m_view, tr("Run"), tr("No program on this machine opens it. It lies here:\n%1").arg(path));
}

} // namespace netloom
