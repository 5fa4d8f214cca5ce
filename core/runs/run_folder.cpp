// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_folder.h"

#include "project/json_text.h"
#include "project/project.h"
#include "project/project_format.h"
#include "runs/fingerprint.h"
#include "runs/run_lock.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace netloom {

namespace fs = std::filesystem;

namespace {

std::string word(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t whole(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

const Json &part(const Json &object, const char *member)
{
    static const Json nothing = Json::object();
    const auto found = object.find(member);
    return found != object.end() && found->is_object() ? *found : nothing;
}

std::vector<std::string_view> split(std::string_view line)
{
    std::vector<std::string_view> cells;
    for (std::size_t start = 0; start <= line.size();) {
        const std::size_t end = std::min(line.find(',', start), line.size());
        cells.push_back(line.substr(start, end - start));
        start = end + 1;
    }
    return cells;
}

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Reads metrics.csv: "epoch,split,loss,...", a row for each epoch and split.
void readMetrics(std::string_view text, RunFolder &run)
{
    std::vector<std::string> names;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const auto cells = split(text.substr(start, end - start));
        start = end + 1;
        if (names.empty()) {
            names.assign(cells.begin(), cells.end());
            continue;
        }
        const auto epoch = cells.size() == names.size() && cells.size() > 2 ? number(cells[0]) : std::nullopt;
        if (!epoch)
            continue; // a line that is being written
        for (std::size_t column = 2; column < cells.size(); ++column) {
            const auto value = number(cells[column]);
            if (value && names[column] == "seconds")
                run.entry.seconds += *value;
            if (!value || names[column] == "seconds" || names[column] == "images_per_second")
                continue;
            const std::string name = std::string(cells[1]) + '_' + names[column];
            if (cells[1] == "test" || *epoch == double(run.entry.bestEpoch))
                run.entry.figures[name] = *value;
            if (cells[1] != "test")
                run.curves[name].emplace_back(*epoch, *value);
        }
    }
}

void readNetwork(RunFolder &run)
{
    Fingerprint print;
    print.add(run.network);
    run.entry.networkPrint = print.text();
    const Result<Json> json = parseJson(run.network);
    if (!json || !json->is_object())
        return;
    for (const auto &[name, value] : part(*json, kRecipeMember).items())
        run.entry.recipe[name] = value.is_string() ? value.get<std::string>() : inlineJson(value);
}

bool isHidden(const fs::path &path)
{
    return path.filename().string().starts_with('.');
}

void findRuns(const fs::path &base, int depth, std::vector<fs::path> &found)
{
    std::error_code error;
    for (fs::directory_iterator folder(base, error); !error && folder != fs::directory_iterator(); folder.increment(error)) {
        std::error_code unreadable;
        if (isHidden(folder->path()) || !folder->is_directory(unreadable))
            continue;
        if (fs::is_regular_file(folder->path() / kFactsFile, unreadable))
            found.push_back(folder->path());
        else if (depth > 1)
            findRuns(folder->path(), depth - 1, found);
    }
}

/// The run in @p folder by its run.json alone.
std::optional<RunEntry> readEntry(const fs::path &folder)
{
    const Result<std::string> facts = readFile(folder / kFactsFile);
    auto entry = facts ? entryFromRunJson(*facts) : std::nullopt;
    if (!entry)
        return std::nullopt;
    entry->folder = folder;
    if (entry->status == "running" && !isBeingTrained(folder))
        entry->status = "interrupted";
    return entry;
}

} // namespace

std::string seedFolder(std::int64_t seed)
{
    return kSeedPrefix + std::to_string(seed);
}

bool isSearchGroup(std::string_view group)
{
    return group.starts_with("search-");
}

std::optional<RunEntry> entryFromRunJson(const std::string &text)
{
    const Result<Json> parsed = parseJson(text);
    if (!parsed || !parsed->is_object() || !parsed->contains("netloom_run"))
        return std::nullopt;
    const Json &json = *parsed;
    RunEntry entry;
    entry.title = word(json, "title");
    entry.project = word(json, "project");
    entry.started = word(json, "started");
    entry.ended = word(json, "ended");
    entry.status = word(json, "status");
    entry.failure = word(json, "failure");
    entry.epochs = whole(json, "epochs");
    entry.bestEpoch = whole(json, "best_epoch");
    entry.device = word(json, "device");
    entry.threads = whole(json, "threads");
    entry.parameters = whole(json, "parameters");
    entry.dataPrint = word(part(json, "data"), "fingerprint");
    entry.netloom = word(part(json, "versions"), "netloom");
    entry.torch = word(part(json, "versions"), "libtorch");
    for (const auto &[name, value] : part(json, "test").items()) {
        if (value.is_number() && std::isfinite(value.get<double>()) && name != "samples" && name != "seconds")
            entry.figures["test_" + name] = value.get<double>();
    }
    entry.accuracy = entry.figure("test_accuracy");
    entry.r2 = entry.figure("test_r2");
    return entry;
}

std::optional<RunFolder> readRunFolder(const fs::path &folder)
{
    auto entry = readEntry(folder);
    if (!entry)
        return std::nullopt;
    RunFolder run{std::move(*entry), {}, {}};
    if (const Result<std::string> metrics = readFile(folder / kMetricsFile))
        readMetrics(*metrics, run);
    if (const Result<std::string> network = readFile(folder / kProjectFile)) {
        run.network = *network;
        readNetwork(run);
    }
    return run;
}

bool canBeResumed(const RunEntry &run)
{
    std::error_code unreadable;
    return run.status != "running" && run.status != "finished" && fs::is_regular_file(run.folder / kCheckpointFile, unreadable);
}

std::vector<fs::path> findRunFolders(const fs::path &base)
{
    constexpr int kDeepest = 2;
    std::vector<fs::path> found;
    findRuns(base, kDeepest, found);
    return found;
}

std::vector<RunEntry> listRuns(const fs::path &base)
{
    std::vector<RunEntry> runs;
    for (const fs::path &folder : findRunFolders(base)) {
        std::error_code unreadable;
        if (!fs::is_regular_file(folder / kProjectFile, unreadable))
            continue;
        if (auto entry = readEntry(folder))
            runs.push_back(std::move(*entry));
    }
    std::ranges::sort(runs, [](const RunEntry &a, const RunEntry &b) { return std::tie(b.started, b.folder) < std::tie(a.started, a.folder); });
    return runs;
}

fs::path runsFolderOf(const fs::path &folder, const fs::path &project)
{
    for (const fs::path &around : {folder.parent_path(), folder.parent_path().parent_path()}) {
        if (around.filename() == kRunsFolder)
            return around;
    }
    std::error_code error;
    return fs::is_directory(project.parent_path(), error) ? project.parent_path() / kRunsFolder : fs::path();
}

} // namespace netloom
