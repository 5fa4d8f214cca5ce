// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/trial_worker.h"

#include "project/json_text.h"
#include "run/child_program.h"

#include <csignal>
#include <cstring>
#include <limits>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr int kSignalled = 128;

/// What the events of `train --json` and `resume --json` tell.
class EventReader {
public:
    EventReader(const TrialJob &job, const TrialWorker::Watcher &watcher) : m_job(job), m_watcher(watcher) {}

    void take(const std::string &line)
    {
        const Json event = Json::parse(line, nullptr, false);
        if (!event.is_object())
            return;
        const std::string kind = event.value("event", std::string());
        if (kind == "epoch")
            m_watcher.scored({event.value("epoch", std::int64_t(0)), number(event, m_job.metric), number(event, "val_loss")});
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
    if (job.fromEpoch == 0) {
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
    const fs::path file = fs::path(job.folder).concat(".netloom");
    std::error_code error;
    if (job.fromEpoch == 0) {
        fs::remove_all(job.folder, error); // what a search that was broken off left there
        fs::create_directories(file.parent_path(), error);
        if (const Result<Done> saved = saveProject(job.project, m_registry, file); !saved)
            return {false, saved.error().text, 0};
    }
    EventReader reader(job, watcher);
    const Result<ChildEnd> end = runChild({wordsFor(job, file), {}, true, watcher.started}, [&](const std::string &line) { reader.take(line); });
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
