// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/search_presenter.h"

#include "desktop/cli_program.h"
#include "desktop/save_dialog.h"
#include "search/trial_project.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>
#include <QUndoStack>
#include <QUrl>

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr int kFollowEvery = 1000; ///< ms

std::uintmax_t sizeOf(const fs::path &file)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    return error ? 0 : size;
}

} // namespace

SearchPresenter::SearchPresenter(Document &document, SearchView &view, std::function<fs::path()> runsFolder, std::function<fs::path()> projectFile,
    std::function<std::string()> projectName, QObject *parent)
    : QObject(parent), m_document(document), m_view(view), m_runsFolder(std::move(runsFolder)), m_projectFile(std::move(projectFile)), m_projectName(std::move(projectName))
{
    view.setup()->setReader([this](const std::string &text) {
        return text.find('=') == std::string::npos ? readOneOf(m_document.project(), m_document.registry(), text)
                                                   : readAxis(m_document.project(), m_document.registry(), text);
    });
    view.setup()->setAlternatives([this](const SearchAxis &axis) {
        return searchAlternatives(m_document.project(), m_document.registry(), m_document.facts(), axis);
    });
    view.setup()->setUsualJobs(usualJobs());
    m_follow.setInterval(kFollowEvery);
    connect(&m_follow, &QTimer::timeout, this, &SearchPresenter::follow);
    connect(&document, &Document::inferenceChanged, this, &SearchPresenter::refreshChoices);
    connect(&document, &Document::recipeChanged, this, &SearchPresenter::refreshChoices);
    connect(&view, &SearchView::startRequested, this, &SearchPresenter::start);
    connect(&view, &SearchView::resumeRequested, this, &SearchPresenter::resume);
    connect(&view, &SearchView::cancelRequested, this, &SearchPresenter::cancel);
    connect(&view, &SearchView::pauseRequested, this, [this](bool paused) {
        if (!m_run)
            return;
        m_run->setPaused(paused);
        m_view.setState(paused ? SearchView::State::Paused : SearchView::State::Running);
    });
    connect(&view, &SearchView::searchChosen, this, &SearchPresenter::showSearch);
    connect(&view, &SearchView::useRequested, this, &SearchPresenter::useTrial);
    connect(&view, &SearchView::exportRequested, this, &SearchPresenter::save);
    connect(&view, &SearchView::openRequested, this, [this](int trial) { emit openRequested(QString::fromStdString(folderOf(trial).string())); });
    connect(&view, &SearchView::reportRequested, this, [this](int trial) {
        const QString report = QString::fromStdString((folderOf(trial) / "report.html").string());
        if (!QFileInfo::exists(report) || !QDesktopServices::openUrl(QUrl::fromLocalFile(report)))
            emit messageRequested(tr("The trial's report could not be opened; it should lie here: %1").arg(report));
    });
}

SearchPresenter::~SearchPresenter() = default;

void SearchPresenter::setActive(bool active)
{
    m_active = active;
    m_follow.stop();
    if (!active)
        return;
    refreshChoices();
    refreshSearches();
    if (!m_run && !m_shown.empty())
        showJournal();
    m_follow.start();
}

void SearchPresenter::forget()
{
    if (m_run)
        return; // it has a copy of its project and goes on
    m_shown.clear();
    m_view.setup()->axes()->clear();
    m_view.setup()->setEpochs(m_document.recipe().integer("epochs"));
    m_view.setTrials({}, {});
    m_view.setProblem({});
    m_view.setState(SearchView::State::New);
    m_stale = true;
    if (m_active)
        setActive(true);
}

void SearchPresenter::refreshChoices()
{
    m_stale = true;
    if (!m_active)
        return;
    m_view.setup()->setChoices(searchChoices(m_document.project(), m_document.registry()));
    m_stale = false;
}

void SearchPresenter::refreshSearches()
{
    m_searches = listSearches(m_runsFolder());
    QStringList names;
    for (const fs::path &folder : m_searches)
        names << QString::fromStdString(folder.filename().string());
    const auto shown = std::ranges::find(m_searches, m_shown);
    m_view.setSearches(names, shown == m_searches.end() ? -1 : int(shown - m_searches.begin()));
}

bool SearchPresenter::searchOver(const std::string &axis)
{
    if (m_run)
        return false;
    if (!m_shown.empty())
        showSearch(-1);
    m_view.setup()->setChoices(searchChoices(m_document.project(), m_document.registry()));
    return m_view.setup()->addAxis(axis);
}

void SearchPresenter::showSearch(int index)
{
    if (m_run)
        return;
    m_view.setProblem({});
    if (index < 0 || index >= int(m_searches.size())) {
        m_shown.clear();
        m_view.setTrials({}, {});
        m_view.setState(SearchView::State::New);
        refreshSearches();
        return;
    }
    m_shown = m_searches[std::size_t(index)];
    m_view.setTrials({}, {});
    showJournal();
    refreshSearches();
}

/// The chosen search as its journal has it: of another program where that is at it.
void SearchPresenter::showJournal()
{
    const fs::path journal = m_shown / kSearchFile;
    const bool elsewhere = isBeingSearched(journal);
    m_journalSize = sizeOf(journal);
    Result<Study> study = elsewhere ? Study::readRunning(journal) : Study::read(journal);
    if (!study) {
        m_view.setProblem(QString::fromStdString(study.error().text));
        return;
    }
    const SearchView::State state = elsewhere ? SearchView::State::Elsewhere : study->over() ? SearchView::State::Over : SearchView::State::Resumable;
    const int selected = m_view.selectedTrial();
    const std::vector<SearchTrial> shown = m_view.table()->trials();
    if (m_view.table()->settings() == study->settings() && shown.size() <= study->trials().size()) {
        for (std::size_t at = 0; at < study->trials().size(); ++at) {
            if (at >= shown.size() || !(shown[at] == study->trials()[at]))
                m_view.setTrial(study->trials()[at]);
        }
    } else {
        m_view.setup()->show(study->settings());
        m_view.setTrials(study->settings(), study->trials());
    }
    m_view.setTrainedOn(trainedOn(m_shown, study->settings(), study->trials()));
    const SearchTrial *best = study->best();
    if (selected > 0 || best)
        m_view.selectTrial(selected > 0 ? selected : int(best->number));
    m_view.setState(state);
}

/// Another program may begin with the search that is shown, take a step, or end.
void SearchPresenter::follow()
{
    if (m_run || m_shown.empty() || m_opening.isRunning())
        return;
    const fs::path journal = m_shown / kSearchFile;
    const bool elsewhere = isBeingSearched(journal);
    if (elsewhere != (m_view.state() == SearchView::State::Elsewhere) || sizeOf(journal) != m_journalSize)
        showJournal();
}

SearchRun::Options SearchPresenter::options(const fs::path &folder) const
{
    SearchRun::Options options;
    options.folder = folder;
    options.program = cliProgram();
    return options;
}

SearchRun::EventSink SearchPresenter::sink()
{
    return [this](const SearchEvent &event) {
        QMetaObject::invokeMethod(this, [this, event] { take(event); }, Qt::QueuedConnection);
    };
}

void SearchPresenter::start()
{
    if (m_run)
        return;
    m_view.setProblem({});
    Result<SearchSettings> settings = m_view.setup()->settings();
    if (settings && !m_document.facts().known && m_document.facts().problem.empty())
        settings = Error{tr("The data has not been looked at yet: choose the data in the data node, or wait a moment.").toStdString()};
    if (!settings) {
        m_view.setProblem(QString::fromStdString(settings.error().text));
        return;
    }
    settings->goal = usualGoal(m_document.facts());
    const fs::path file = m_projectFile();
    const fs::path folder = freeSearchFolder(m_runsFolder(), m_projectName());
    begin(SearchRun::begin(m_document.registry(), m_document.project(), m_document.facts(), file, *settings, options(folder), sink()));
}

void SearchPresenter::resume()
{
    if (m_run || m_shown.empty() || m_opening.isRunning())
        return;
    m_view.setProblem({});
    const NodeRegistry &registry = m_document.registry();
    m_opening.start([this, &registry, options = options(m_shown), sink = sink()](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        auto run = std::make_shared<Result<std::unique_ptr<SearchRun>>>(SearchRun::resume(registry, options, 0, 0, sink));
        return [this, run] { begin(std::move(*run)); };
    });
}

void SearchPresenter::begin(Result<std::unique_ptr<SearchRun>> run)
{
    if (!run) {
        if (!m_shown.empty())
            showJournal();
        m_view.setProblem(QString::fromStdString(run.error().text));
        return;
    }
    m_run = std::move(*run);
    m_shown = m_run->folder();
    m_view.setTrials(m_run->settings(), m_run->trials());
    m_view.setState(SearchView::State::Running);
    refreshSearches();
    m_run->start();
    emit activeChanged();
}

void SearchPresenter::cancel()
{
    if (!m_run)
        return;
    m_view.setState(SearchView::State::Stopping);
    m_run->cancel();
}

void SearchPresenter::take(const SearchEvent &event)
{
    if (!m_run)
        return;
    if (event.what == SearchEvent::What::Held) {
        m_view.setState(m_view.state(), QString::fromStdString(event.text));
        return;
    }
    if (event.what != SearchEvent::What::Over) {
        m_view.setTrial(event.trial);
        if (event.what == SearchEvent::What::Began && m_view.state() == SearchView::State::Running)
            m_view.setState(SearchView::State::Running);
        return;
    }
    m_run->wait();
    const SearchSettings settings = m_run->settings();
    const int selected = m_view.selectedTrial();
    m_view.setTrials(settings, m_run->trials());
    m_run.reset();
    m_journalSize = sizeOf(m_shown / kSearchFile);
    Result<Study> study = Study::read(m_shown / kSearchFile);
    m_view.setState(study && study->over() ? SearchView::State::Over : SearchView::State::Resumable);
    m_view.setProblem(QString::fromStdString(event.text));
    const SearchTrial *best = study ? study->best() : nullptr;
    if (selected > 0 || best)
        m_view.selectTrial(selected > 0 ? selected : int(best->number));
    emit activeChanged();
    emit ended();
}

fs::path SearchPresenter::folderOf(int trial) const
{
    return trialFolder(m_shown, trial, m_view.table()->settings().folds > 1 ? 1 : 0);
}

void SearchPresenter::useTrial(int number)
{
    const auto &trials = m_view.table()->trials();
    if (number < 1 || number > int(trials.size()))
        return;
    const SearchTrial &trial = trials[std::size_t(number - 1)];
    const Result<Project> project = trialProject(m_document.project(), m_document.registry(), m_view.table()->settings().axes, trial.point);
    if (!project) {
        m_view.setProblem(QString::fromStdString(project.error().text));
        return;
    }
    const QString step = tr("Use the values of trial %1").arg(number);
    QStringList refused;
    {
        const StepGroup group(m_document, step);
        if (!(project->graph == m_document.graph()))
            m_document.applyGraph(project->graph, step);
        for (const auto &[name, value] : project->recipe.values()) {
            if (value == m_document.recipe().at(name))
                continue;
            if (const auto done = m_document.setRecipe(name, value); !done)
                refused << QString::fromStdString(done.error().text);
        }
    }
    if (!refused.isEmpty())
        m_view.setProblem(refused.join('\n'));
    else
        emit messageRequested(tr("The project has the values of trial %1 now. Undo takes them back.").arg(number));
}

void SearchPresenter::save(SearchView::Export what)
{
    const bool table = what == SearchView::Export::TableCsv;
    const QString suffix = table ? QStringLiteral("csv") : QStringLiteral("png");
    const QString name = QString::fromStdString(m_shown.filename().string()) + '.' + suffix;
    const QString path = askForSaveFile(&m_view, tr("Export"), QDir(QString::fromStdString(m_runsFolder().parent_path().string())).filePath(name), "*." + suffix, suffix);
    if (path.isEmpty())
        return;
    const QByteArray text = m_view.table()->csv().toUtf8();
    QSaveFile file(path);
    const bool opened = file.open(QIODevice::WriteOnly);
    const bool written = opened && (table ? file.write(text) == text.size() : m_view.pagePicture().save(&file, "PNG")) && file.commit();
    if (written)
        emit messageRequested(tr("Written: %1").arg(path));
    else
        QMessageBox::warning(&m_view, tr("Export"), tr("%1 could not be written: choose another folder.").arg(path));
}

} // namespace netloom
