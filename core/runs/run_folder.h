// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_entry.h"
#include "runs/run_files.h"

#include <string_view>

namespace netloom {

/// All that a run's folder tells about it, but for its weights.
struct RunFolder {
    RunEntry entry;
    RunCurves curves;
    std::string network; ///< the text of project.netloom
};

/// The run in @p folder; nothing where it holds none. A run that says it is running while its process is gone is "interrupted".
std::optional<RunFolder> readRunFolder(const std::filesystem::path &folder);

/// The folders of runs below @p base, in no order: right below, or one deeper (searches, seeds). Hidden folders are left out.
std::vector<std::filesystem::path> findRunFolders(const std::filesystem::path &base);

/// The runs below @p base, the newest first; nothing where there is no @p base.
std::vector<RunEntry> listRuns(const std::filesystem::path &base);

/// Whether training can go on with a run: it ended early, and has a checkpoint to go on from.
bool canBeResumed(const RunEntry &run);

/// What a list tells about the run whose run.json holds @p text, but for its folder. Nothing where the text is of no run.
std::optional<RunEntry> entryFromRunJson(const std::string &text);

/// The runs' folder whose store a run in @p folder of the project @p project belongs to: the nearest "runs" around it, else that beside the
/// project. "" where there is neither.
std::filesystem::path runsFolderOf(const std::filesystem::path &folder, const std::filesystem::path &project);

/// "seed-7"
std::string seedFolder(std::int64_t seed);

/// "search-NAME" → true: its runs are trials of a search.
bool isSearchGroup(std::string_view group);

} // namespace netloom
