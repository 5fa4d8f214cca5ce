// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/unfinished_run.h"

#include "run/number_text.h"
#include "run/run_history.h"
#include "run/run_json.h"
#include "runs/run_lock.h"
#include "run/run_writer.h"
#include "runs/run_folder.h"

#include <new>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// The project and what run.json tells of the run's beginning.
std::optional<Error> readOutline(const NodeRegistry &registry, const fs::path &folder, RunRecord &record)
{
    Result<LoadedProject> project = loadProject(registry, folder / kProjectFile);
    if (!project)
        return project.error();
    record.project = std::move(project->project);
    const Result<std::string> text = readFile(folder / kFactsFile);
    if (!text) // cut off before it was written
        return std::nullopt;
    const auto entry = entryFromRunJson(*text);
    Result<SourceFacts> facts = factsFromRunJson(*text);
    if (!entry || !facts)
        return Error{"Cannot use '" + (folder / kFactsFile).string() + "': " + (facts ? "it is no description of a run" : facts.error().text) + "."};
    if (entry->status == "finished")
        return Error{"The run in '" + folder.string() + "' is finished: there is nothing to resume."};
    record.projectFile = entry->project;
    record.unsavedTitle = entry->title;
    record.startedAt = entry->started;
    record.facts = std::move(*facts);
    record.dataPrint = entry->dataPrint;
    return std::nullopt;
}

} // namespace

Result<UnfinishedRun> UnfinishedRun::load(const NodeRegistry &registry, const fs::path &folder)
{
    std::error_code error;
    if (!fs::exists(folder / kProjectFile, error))
        return Error{std::string("'").append(folder.string()).append("' is no run: it has no ") + kProjectFile + ". Give the folder that training wrote."};
    try {
        UnfinishedRun run;
        if (const auto wrong = readOutline(registry, folder, run.record))
            return *wrong;
        if (!fs::exists(folder / kCheckpointFile, error))
            return run;
        Result<std::string> bytes = readFile(folder / kCheckpointFile);
        if (!bytes)
            return bytes.error();
        Result<CheckpointFacts> at = readCheckpointFacts(*bytes);
        if (!at)
            return Error{"Cannot use '" + (folder / kCheckpointFile).string() + "': " + at.error().text};
        if (const auto read = readHistory(at->history, run.record); !read)
            return Error{"Cannot use '" + (folder / kCheckpointFile).string() + "': " + read.error().text + "."};
        run.checkpoint = std::move(*bytes);
        run.at = std::move(*at);
        return run;
    } catch (const std::bad_alloc &) {
        return Error{"The run in '" + folder.string() + "' is larger than the memory: close other programs."};
    }
}

std::string dataChange(const SourceFacts &before, const SourceFacts &now)
{
    if (!before.known)
        return {};
    const std::string mend = " Give it the same data again, or start a new training.";
    if (before.classNames != now.classNames)
        return "The data has other classes than the run has learned so far." + mend;
    if (before.targetName != now.targetName || before.learnsNumber != now.learnsNumber || before.columns != now.columns)
        return "The table has other columns or rows than the run has learned from so far." + mend;
    if (before.severalLabels != now.severalLabels)
        return "The data gives " + std::string(now.severalLabels ? "several labels" : "one class") + " for each sample, which is another thing than the run has learned so far." + mend;
    if (before.counts != now.counts || before.samples != now.samples)
        return "The data has " + std::to_string(now.total("train")) + " training samples in other numbers by class than the "
            + std::to_string(before.total("train")) + " that the run has learned from so far." + mend;
    return {};
}

Result<Done> keepAsItIs(const NodeRegistry &registry, const fs::path &folder)
{
    Result<UnfinishedRun> run = UnfinishedRun::load(registry, folder);
    if (!run)
        return run.error();
    RunLock lock;
    if (!lock.take(folder))
        return Error{"The run in '" + folder.string() + "' is being trained by another program."};
    RunRecord &record = run->record;
    record.inference = inferShapes(record.project.graph, registry, record.facts);
    record.torch = torchVersion();
    record.endedAt = nowText();
    TrainFinished &finished = record.finished.emplace();
    finished.stopped = true;
    finished.bestEpoch = run->at.bestEpoch;
    RunWriter writer(registry, folder);
    writer.removeLeftovers();
    return writer.finish(record, record.epochs.empty() ? std::string() : run->at.weights);
}

} // namespace netloom
