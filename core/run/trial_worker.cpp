// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/trial_worker.h"

#include "project/json_text.h"
#include "run/child_program.h"
#include "runs/run_folder.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <limits>
#include <unistd.h>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr int kSignalled = 128;

/// What a trial's folder holds of the job already. A search that was killed may know less of it than the folder, which is the truth.
class EarlierTraining {
public:
    EarlierTraining(const TrialJob &job, const NodeRegistry &registry) : m_job(job), m_run(readRunFolder(job.folder))
    {
        if (m_run && job.fromEpoch == 0 && !isOfTheJob(registry))
            m_run.reset();
    }

    /// As far as the job asks, or to an end of its own, such as early stopping.
    bool isWhole() const
    {
        return m_run && (m_run->entry.status == "finished" || (m_run->entry.status == "stopped" && m_run->entry.epochs >= m_job.toEpoch));
    }

    /// It was broken off behind a checkpoint.
    bool canGoOn() const
    {
        std::error_code error;
        return m_run && m_run->entry.status != "failed" && fs::exists(m_job.folder / kCheckpointFile, error);
    }

    /// Tells the scores of the epochs that the job asks for, until @p last.
    void tell(std::int64_t last, const TrialWorker::Watcher &watcher) const
    {
        if (!m_run)
            return;
        for (const auto &[epoch, score] : curve(m_job.metric)) {
            if (epoch > double(m_job.fromEpoch) && epoch <= double(last))
                watcher.scored({std::int64_t(epoch), score, lossAt(epoch)});
        }
    }

    /// In the job's epochs, if all are as long.
    double seconds() const
    {
        const std::int64_t epochs = m_run ? m_run->entry.epochs : 0;
        return epochs > 0 ? m_run->entry.seconds * double(std::max<std::int64_t>(0, epochs - m_job.fromEpoch)) / double(epochs) : 0;
    }

private:
    /// A folder of this name that another search left isn't meant.
    bool isOfTheJob(const NodeRegistry &registry) const
    {
        Project project = m_job.project;
        if (m_job.threads > 0)
            project.recipe.set("threads", std::int64_t(m_job.threads));
        return m_run->network == projectToJson(project, registry, m_job.folder);
    }

    const CurvePoints &curve(const std::string &name) const
    {
        static const CurvePoints none;
        const auto found = m_run->curves.find(name);
        return found == m_run->curves.end() ? none : found->second;
    }

    double lossAt(double epoch) const
    {
        const CurvePoints &losses = curve("val_loss");
        const auto found = std::ranges::find(losses, epoch, &CurvePoints::value_type::first);
        return found == losses.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
    }

    const TrialJob &m_job;
    std::optional<RunFolder> m_run;
};

/// What the events of `train --json` and `resume --json` tell.
class EventReader {
public:
    EventReader(const TrialJob &job, const TrialWorker::Watcher &watcher, const NodeRegistry &registry)
        : m_job(job), m_watcher(watcher), m_registry(registry)
    {
    }

    void take(const std::string &line)
    {
        const Json event = Json::parse(line, nullptr, false);
        if (!event.is_object())
            return;
        const std::string kind = event.value("event", std::string());
        if (kind == "epoch")
            m_watcher.scored({event.value("epoch", std::int64_t(0)), number(event, m_job.metric), number(event, "val_loss")});
        else if (kind == "resumed") // read only now: the checkpoint may know of epochs that the folder's table didn't hold yet
            EarlierTraining(m_job, m_registry).tell(event.value("epochs_done", std::int64_t(0)), m_watcher);
        else if (kind == "failed")
            m_problem = event.value("message", std::string("Training failed and did not say why."));
    }

    const std::string &problem() const { return m_problem; }

private:
    static double number(const Json &event, const std::string &name)
    {
        const auto found = event.find(name);
        return found != event.end() && found->is_number() ? found->get<double>() : std::numeric_limits<double>::quiet_NaN();
    }

    const TrialJob &m_job;
    const TrialWorker::Watcher &m_watcher;
    const NodeRegistry &m_registry;
    std::string m_problem;
};

std::string crashText(int code)
{
    if (code == kSignalled + SIGKILL)
        return "The trial's process was killed, most likely for want of memory: search with fewer jobs, a smaller batch or a smaller network.";
    if (code > kSignalled)
        return std::string("The trial's process broke down (") + ::strsignal(code - kSignalled) + "): the other trials go on.";
    return "The trial's process ended with code " + std::to_string(code) + " and did not say why.";
}

} // namespace

std::vector<std::string> ProcessWorker::wordsFor(const TrialJob &job, const fs::path &file) const
{
    std::vector<std::string> words{m_program, "resume", job.folder.string()};
    if (!file.empty()) {
        words = {m_program, "train", file.string(), "--out", job.folder.string()};
        if (job.threads > 0)
            words.insert(words.end(), {"--threads", std::to_string(job.threads)});
    }
    words.push_back("--json");
    if (job.toEpoch < job.project.recipe.integer("epochs"))
        words.insert(words.end(), {"--stop-after-epoch", std::to_string(job.toEpoch)});
    return words;
}

TrialEnd ProcessWorker::train(const TrialJob &job, const Watcher &watcher)
{
    const EarlierTraining earlier(job, m_registry);
    if (earlier.isWhole()) {
        earlier.tell(job.toEpoch, watcher);
        return {false, {}, 0, earlier.seconds()};
    }
    fs::path file; // of a new run
    std::error_code error;
    if (job.fromEpoch == 0 && !earlier.canGoOn()) {
        file = fs::path(job.folder).concat(".netloom");
        fs::remove_all(job.folder, error); // what a search that was broken off left there
        fs::create_directories(file.parent_path(), error);
        if (const Result<Done> saved = saveProject(job.project, m_registry, file); !saved)
            return {false, saved.error().text, 0};
    }
    EventReader reader(job, watcher, m_registry);
    const ChildProgram program{wordsFor(job, file), {std::string(kParentVariable) + "=" + std::to_string(::getpid())}, true, watcher.started};
    const Result<ChildEnd> end = runChild(program, [&](const std::string &line) { reader.take(line); });
    if (!file.empty())
        fs::remove(file, error); // the run has a copy
    if (!end)
        return {false, end.error().text, 0};
    TrialEnd result{false, reader.problem(), end->peakMemory};
    if (end->code == kSignalled + SIGINT || end->code == kSignalled + SIGTERM)
        result.stopped = true;
    else if (end->code != 0 && result.problem.empty())
        result.problem = crashText(end->code);
    return result;
}

} // namespace netloom
