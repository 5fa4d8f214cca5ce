// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/search_run.h"

#include "runs/run_folder.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <thread>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr char kPrefix[] = "search-";

/// A search that was ended before its first step leaves its folder to the next.
bool isTaken(const fs::path &folder)
{
    std::error_code error;
    if (!fs::exists(folder, error))
        return false;
    if (isBeingSearched(folder / kSearchFile) || hasBegun(folder / kSearchFile))
        return true;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const fs::path name = entry->path().filename();
        if (name != kSearchFile && name != kSearchedProject)
            return true;
    }
    return bool(error);
}

} // namespace

fs::path freeSearchFolder(const fs::path &runs, const std::string &name)
{
    std::string safe;
    for (const char letter : name.substr(0, 80))
        safe += letter == '/' || static_cast<unsigned char>(letter) < 0x20 ? '_' : letter;
    const fs::path wish = runs / (kPrefix + safe);
    fs::path folder = wish;
    for (int number = 2; isTaken(folder); ++number)
        folder = fs::path(wish).concat("-" + std::to_string(number));
    return folder;
}

fs::path trialFolder(const fs::path &search, std::int64_t trial, std::int64_t fold)
{
    char name[32];
    std::snprintf(name, sizeof name, "trial-%03lld", static_cast<long long>(trial));
    return fold > 0 ? search / name / ("fold-" + std::to_string(fold)) : search / name;
}

Result<Project> searchedProject(const NodeRegistry &registry, const fs::path &folder)
{
    Result<LoadedProject> loaded = loadProject(registry, folder / kSearchedProject);
    if (!loaded)
        return loaded.error();
    return std::move(loaded->project);
}

std::vector<fs::path> listSearches(const fs::path &runs)
{
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code error;
    for (fs::directory_iterator entry(runs, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code none;
        const fs::path journal = entry->path() / kSearchFile;
        if (entry->path().filename().string().starts_with(kPrefix) && fs::is_regular_file(journal, none) && hasBegun(journal))
            found.emplace_back(fs::last_write_time(journal, none), entry->path());
    }
    std::ranges::sort(found, std::ranges::greater());
    std::vector<fs::path> folders;
    for (auto &[time, folder] : found)
        folders.push_back(std::move(folder));
    return folders;
}

std::map<std::int64_t, std::int64_t> trainedOn(const fs::path &folder, const SearchSettings &settings, const std::vector<SearchTrial> &trials)
{
    std::map<std::int64_t, std::int64_t> found;
    for (const SearchTrial &trial : trials) {
        if (trial.state == TrialState::Running || (trial.state == TrialState::Waiting && trial.rung < 0))
            continue; // the search itself is at it, or was
        const Result<std::string> text = readFile(trialFolder(folder, trial.number, settings.folds > 1 ? 1 : 0) / kFactsFile);
        const auto entry = text ? entryFromRunJson(*text) : std::nullopt;
        if (entry && entry->epochs > trial.epochs())
            found.emplace(trial.number, entry->epochs);
    }
    return found;
}

SearchGoal usualGoal(const SourceFacts &facts)
{
    return facts.learnsNumber ? SearchGoal::r2() : SearchGoal::accuracy();
}

int usualJobs()
{
    return std::max(1, int(std::thread::hardware_concurrency()) / 2);
}

std::optional<Error> settingsProblem(const SearchSettings &settings)
{
    if (settings.axes.empty())
        return Error{"There is nothing to search over: choose a parameter, such as lr=1e-4..1e-1:log, or a node to switch."};
    std::set<std::string> names;
    for (const SearchAxis &axis : settings.axes) {
        if (!names.insert(axis.name).second)
            return Error{"'" + axis.name + "' is searched over twice: give it one range."};
    }
    if (settings.trials < 1 && settings.minutes <= 0 && settings.sampler != SamplerKind::Grid)
        return Error{"The search would never end: give it a number of trials or of minutes."};
    if (settings.pruner != PrunerKind::None && settings.fullEpochs <= settings.leastEpochs)
        return Error{"A pruner compares trials before their end, but they have " + std::to_string(settings.fullEpochs)
            + (settings.fullEpochs == 1 ? " epoch" : " epochs") + ": train longer, or choose no pruner."};
    return std::nullopt;
}

} // namespace netloom
