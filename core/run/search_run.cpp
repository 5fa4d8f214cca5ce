// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/search_run.h"

#include "data/loader.h"
#include "graph/infer_shapes.h"
#include "graph/machine_memory.h"
#include "run/memory_guard.h"
#include "run/number_text.h"
#include "search/trial_project.h"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <set>
#include <sys/types.h>
#include <thread>

namespace netloom {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{200}; ///< between looks at memory and time
constexpr std::chrono::seconds kPatience{20};   ///< for a process that was asked to stop

std::string gigabytes(std::int64_t bytes)
{
    return fixedText(double(bytes) / (1 << 30), 1) + " GB";
}

/// What the folds had after one epoch, added up.
struct FoldSum {
    std::int64_t folds = 0;
    double score = 0;
    double loss = 0;
};
using FoldSums = std::map<std::int64_t, FoldSum>; ///< by epoch

/// Time at work, without pauses.
class WorkClock {
public:
    explicit WorkClock(double before) : m_before(before) {}
    double seconds() const
    {
        return m_before + (m_running ? std::chrono::duration<double>(Clock::now() - m_since).count() : 0);
    }
    void setRunning(bool running)
    {
        m_before = seconds();
        m_since = Clock::now();
        m_running = running;
    }

private:
    double m_before;
    Clock::time_point m_since = Clock::now();
    bool m_running = false;
};

} // namespace

class SearchRun::Impl {
public:
    Impl(const NodeRegistry &registry, Project project, SourceFacts facts, Study study, Options options, EventSink sink)
        : m_registry(registry), m_project(std::move(project)), m_facts(std::move(facts)), m_study(std::move(study)), m_options(std::move(options)),
          m_sink(std::move(sink)), m_guard(m_options.freeMemory ? m_options.freeMemory : freeMemory), m_clock(m_study.elapsed())
    {
        if (!m_options.worker)
            m_options.worker = std::make_shared<ProcessWorker>(registry, m_options.program);
        for (const SearchTrial &trial : m_study.trials())
            m_guard.learn(trial.memory);
    }

    ~Impl()
    {
        cancel();
        wait();
    }

    void start() { m_thread = std::thread([this] { direct(); }); }

    void wait()
    {
        if (m_thread.joinable())
            m_thread.join();
    }

    void setPaused(bool paused)
    {
        const std::lock_guard lock(m_mutex);
        if (m_paused == paused || m_cancelled)
            return;
        m_paused = paused;
        m_clock.setRunning(!paused);
        signalAll(paused ? SIGSTOP : SIGCONT);
        m_changed.notify_all();
    }

    void cancel()
    {
        const std::lock_guard lock(m_mutex);
        if (m_cancelled)
            return;
        m_cancelled = true;
        m_cancelledAt = Clock::now();
        signalAll(SIGINT);
        signalAll(SIGCONT);
        m_changed.notify_all();
    }

    bool running() const
    {
        const std::lock_guard lock(m_mutex);
        return m_thread.joinable() && !m_over;
    }

    std::vector<SearchTrial> trials() const
    {
        const std::lock_guard lock(m_mutex);
        return m_study.trials();
    }

    std::optional<SearchTrial> best() const
    {
        const std::lock_guard lock(m_mutex);
        return m_study.best() ? std::optional(*m_study.best()) : std::nullopt;
    }

    SearchSettings settings() const { return m_study.settings(); }
    const fs::path &folder() const { return m_options.folder; }

private:
    struct Running {
        std::thread thread;
        std::int64_t process = 0;
        bool ended = false;
    };

    /// The search's own thread: begins trials while there is room.
    void direct()
    {
        std::unique_lock lock(m_mutex);
        m_clock.setRunning(true);
        while (!finished(lock)) {
            m_study.setElapsed(m_clock.seconds());
            if (const double minutes = m_study.settings().minutes; minutes > 0 && m_clock.seconds() >= 60 * minutes)
                m_study.close();
            lookAtProcesses();
            if (!m_cancelled && !m_paused && beginTrial())
                continue;
            m_changed.wait_for(lock, kLook);
        }
        m_over = true;
        emit({SearchEvent::What::Over, {}, m_study.journalProblem()});
    }

    /// Joins what ended; true when there is nothing more to do.
    bool finished(std::unique_lock<std::mutex> &lock)
    {
        for (auto job = m_jobs.begin(); job != m_jobs.end();) {
            if (!job->second.ended) {
                ++job;
                continue;
            }
            std::thread thread = std::move(job->second.thread);
            job = m_jobs.erase(job);
            lock.unlock();
            thread.join();
            lock.lock();
            job = m_jobs.begin();
        }
        if (!m_study.journalProblem().empty() && !m_cancelled) {
            m_cancelled = true; // nothing is trained that would be forgotten
            m_cancelledAt = Clock::now();
            signalAll(SIGINT);
        }
        return m_jobs.empty() && (m_cancelled || m_study.over());
    }

    /// Notes what the processes have in memory, and ends those that do not stop.
    void lookAtProcesses()
    {
        for (auto &[trial, job] : m_jobs) {
            if (job.process == 0)
                continue;
            const ProcessMemory memory = processMemory(job.process);
            m_guard.holds(trial, memory.now);
            if (m_scored.contains(trial))
                m_guard.learn(memory.peak);
        }
        if (m_cancelled && Clock::now() - m_cancelledAt > kPatience)
            signalAll(SIGKILL);
    }

    /// True when one was begun, or failed at once.
    bool beginTrial()
    {
        if (std::int64_t(m_jobs.size()) >= m_study.settings().jobs)
            return false;
        if (!m_guard.admits()) {
            if (m_guard.need() > 0 && !m_held) {
                m_held = true;
                emit({SearchEvent::What::Held, {}, "The next trial waits for memory: it needs " + gigabytes(m_guard.need()) + ", and "
                    + gigabytes(m_options.freeMemory ? m_options.freeMemory() : freeMemory()) + " are free."});
            }
            return false;
        }
        const auto task = m_study.next();
        if (!task)
            return false;
        m_held = false;
        const std::int64_t number = task->trial;
        Result<Project> project = prepare(number);
        emit({SearchEvent::What::Began, m_study.trial(number), {}});
        if (!project) {
            m_study.failTrial(number, project.error().text);
            emit({SearchEvent::What::Ended, m_study.trial(number), {}});
            return true;
        }
        m_guard.began(number);
        Running &job = m_jobs[number];
        job.thread = std::thread([this, task = *task, project = std::move(*project)] { train(task, project); });
        return true;
    }

    /// The trial's project, with what it costs noted; the error says what is wrong with its network.
    Result<Project> prepare(std::int64_t number)
    {
        Result<Project> project = trialProject(m_project, m_registry, m_study.settings().axes, m_study.trial(number).point);
        if (!project)
            return project.error();
        project->recipe.set("epochs", m_study.settings().fullEpochs);
        const Inference inference = inferShapes(project->graph, m_registry, m_facts);
        for (const Issue &issue : inference.issues) {
            if (issue.severity == Severity::Error)
                return Error{issue.text};
        }
        if (m_study.trial(number).rung < 0)
            m_study.setCost(number, {inference.parameters(), inference.multiplyAdds()});
        return project;
    }

    /// On a thread of its own: all folds of a task, one after the other.
    void train(const Study::Task &task, const Project &project)
    {
        const auto began = Clock::now();
        const std::int64_t folds = m_study.settings().folds;
        TrialEnd end;
        std::int64_t peak = 0;
        double earlier = 0;
        FoldSums sums;
        for (std::int64_t fold = 1; fold <= folds && end.problem.empty() && !end.stopped; ++fold) {
            end = trainFold(task, project, fold, sums);
            peak = std::max(peak, end.peakMemory);
            earlier += end.earlierSeconds;
        }
        const std::lock_guard lock(m_mutex);
        m_guard.learn(peak);
        m_guard.ended(task.trial);
        m_scored.erase(task.trial);
        m_study.setElapsed(m_clock.seconds());
        if (end.stopped || (m_cancelled && !end.problem.empty()))
            m_study.giveBack(task.trial);
        else if (!end.problem.empty())
            m_study.failTrial(task.trial, end.problem);
        else
            m_study.finishTask(task.trial, earlier + std::chrono::duration<double>(Clock::now() - began).count(), peak);
        m_study.over(); // those that waited for this one may be stopped now
        emit({SearchEvent::What::Ended, m_study.trial(task.trial), {}});
        m_jobs[task.trial].ended = true;
        m_changed.notify_all();
    }

    TrialEnd trainFold(const Study::Task &task, const Project &project, std::int64_t fold, FoldSums &sums)
    {
        const SearchSettings settings = m_study.settings();
        TrialJob job{project, trialFolder(m_options.folder, task.trial, settings.folds > 1 ? fold : 0), task.fromEpoch, task.toEpoch,
            settings.goal.metric, threadsPerJob()};
        if (settings.folds > 1) {
            if (const Result<Done> done = chooseFold(job.project, m_registry, settings.folds, fold); !done)
                return {false, done.error().text, 0};
        }
        TrialWorker::Watcher watcher;
        watcher.started = [&](std::int64_t process) { adopt(task.trial, process); };
        watcher.scored = [&](const TrialEpoch &score) {
            FoldSum &sum = sums[score.epoch];
            ++sum.folds;
            sum.score += score.score;
            sum.loss += score.loss;
            const std::lock_guard lock(m_mutex);
            m_scored.insert(task.trial);
            if (sum.folds < settings.folds)
                return;
            m_study.addScore(task.trial, {score.epoch, sum.score / double(settings.folds), sum.loss / double(settings.folds)});
            emit({SearchEvent::What::Scored, m_study.trial(task.trial), {}});
        };
        {
            const std::lock_guard lock(m_mutex);
            if (m_cancelled)
                return {true, {}, 0};
        }
        TrialEnd end = m_options.worker->train(job, watcher);
        adopt(task.trial, 0);
        return end;
    }

    /// The process that trains @p trial now; 0 for none.
    void adopt(std::int64_t trial, std::int64_t process)
    {
        const std::lock_guard lock(m_mutex);
        m_jobs[trial].process = process;
        if (process > 0 && m_cancelled)
            ::kill(pid_t(process), SIGINT);
        else if (process > 0 && m_paused)
            ::kill(pid_t(process), SIGSTOP);
    }

    void signalAll(int signal)
    {
        for (const auto &[trial, job] : m_jobs) {
            if (job.process > 0)
                ::kill(pid_t(job.process), signal);
        }
    }

    int threadsPerJob() const
    {
        const std::int64_t wish = m_project.recipe.integer("threads");
        const int all = m_options.threads > 0 ? m_options.threads : wish > 0 ? int(wish) : int(std::thread::hardware_concurrency());
        return std::max(1, all / int(m_study.settings().jobs));
    }

    void emit(const SearchEvent &event) { m_sink(event); }

    const NodeRegistry &m_registry;
    const Project m_project;
    const SourceFacts m_facts;
    Study m_study;
    Options m_options;
    EventSink m_sink;
    mutable std::mutex m_mutex; ///< of all below and of the study
    std::condition_variable m_changed;
    MemoryGuard m_guard;
    WorkClock m_clock;
    std::map<std::int64_t, Running> m_jobs; ///< by trial
    std::set<std::int64_t> m_scored;        ///< trials whose process has shown what it needs
    std::thread m_thread;
    Clock::time_point m_cancelledAt;
    bool m_paused = false;
    bool m_cancelled = false;
    bool m_held = false;
    bool m_over = false;
};

SearchRun::SearchRun(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SearchRun::~SearchRun() = default;

Result<std::unique_ptr<SearchRun>> SearchRun::begin(const NodeRegistry &registry, const Project &project, const SourceFacts &facts,
    const fs::path &projectFile, const SearchSettings &settings, Options options, EventSink sink)
{
    if (const auto problem = settingsProblem(settings))
        return *problem;
    if (!facts.problem.empty())
        return Error{facts.problem};
    if (!facts.known)
        return Error{"The project has no data to train on: choose a folder or a file in its data node, or give --data."};
    if (settings.folds > 1) {
        Project tried = project;
        if (const Result<Done> done = chooseFold(tried, registry, settings.folds, 1); !done)
            return done.error();
    }
    const fs::path journal = options.folder / kSearchFile;
    if (hasBegun(journal) || isBeingSearched(journal)) // whose project stays as it is
        return Error{"There is a search in '" + options.folder.string() + "' already: go on with it, or give the new one another name."};
    std::error_code error;
    fs::create_directories(options.folder, error);
    if (error)
        return Error{"The search's folder '" + options.folder.string() + "' can't be made (" + error.message() + "): choose another place for the project."};
    if (const Result<Done> saved = saveProject(project, registry, options.folder / kSearchedProject); !saved)
        return saved.error();
    Result<Study> study = Study::begin(settings, journal, projectFile.string());
    if (!study)
        return study.error();
    return std::unique_ptr<SearchRun>(new SearchRun(std::make_unique<Impl>(registry, project, facts, std::move(*study), std::move(options), std::move(sink))));
}

Result<std::unique_ptr<SearchRun>> SearchRun::resume(const NodeRegistry &registry, Options options, std::int64_t trials, double minutes, EventSink sink)
{
    Result<Study> study = Study::read(options.folder / kSearchFile);
    if (!study)
        return study.error();
    Result<Project> project = searchedProject(registry, options.folder);
    if (!project)
        return project.error();
    const auto source = openSource(project->graph, registry);
    if (!source)
        return source.error();
    if (const Result<Done> kept = study->keepIn(options.folder / kSearchFile); !kept)
        return kept.error();
    if (trials > 0 || minutes > 0)
        study->extend(trials, minutes);
    SourceFacts facts = (*source)->facts();
    return std::unique_ptr<SearchRun>(
        new SearchRun(std::make_unique<Impl>(registry, std::move(*project), std::move(facts), std::move(*study), std::move(options), std::move(sink))));
}

void SearchRun::start() { m_impl->start(); }
void SearchRun::setPaused(bool paused) { m_impl->setPaused(paused); }
void SearchRun::cancel() { m_impl->cancel(); }
void SearchRun::wait() { m_impl->wait(); }
bool SearchRun::running() const { return m_impl->running(); }
const fs::path &SearchRun::folder() const { return m_impl->folder(); }
std::vector<SearchTrial> SearchRun::trials() const { return m_impl->trials(); }
std::optional<SearchTrial> SearchRun::best() const { return m_impl->best(); }
SearchSettings SearchRun::settings() const { return m_impl->settings(); }

} // namespace netloom
