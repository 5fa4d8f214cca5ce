// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_list.h"

#include "run/run_json.h"
#include "run/run_lock.h"
#include "run/run_writer.h"

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

std::vector<RunEntry> listRuns(const fs::path &base)
{
    std::vector<RunEntry> runs;
    std::error_code error;
    for (fs::directory_iterator folder(base, error); !error && folder != fs::directory_iterator(); folder.increment(error)) {
        std::error_code unreadable;
        if (!fs::is_regular_file(folder->path() / kProjectFile, unreadable))
            continue;
        const Result<std::string> facts = readFile(folder->path() / kFactsFile);
        auto entry = facts ? entryFromRunJson(*facts) : std::nullopt;
        if (!entry)
            continue;
        entry->folder = folder->path();
        if (entry->status == "running" && !isBeingTrained(entry->folder))
            entry->status = "interrupted";
        runs.push_back(std::move(*entry));
    }
    std::ranges::sort(runs, [](const RunEntry &a, const RunEntry &b) { return std::tie(b.started, b.folder) < std::tie(a.started, a.folder); });
    return runs;
}

Result<LoadedProject> loadProjectOrRun(const NodeRegistry &registry, const fs::path &path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return loadProject(registry, path);
    if (!fs::exists(path / kProjectFile, error))
        return Error{"'" + path.string() + "' is no run: it has no " + kProjectFile + ". Give a project file, or the folder that training wrote."};
    return loadProject(registry, path / kProjectFile);
}

} // namespace netloom
