// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

/// What a list of runs tells about one: read from its facts, without its weights.
struct RunEntry {
    std::filesystem::path folder;
    std::string title;              ///< of the project that was trained
    std::filesystem::path project;  ///< where that lay; "" when it was never saved
    std::string started;            ///< local time, "2026-11-25T14:30:05+0100"
    std::string status;             ///< "running", "interrupted", "finished", "stopped" or "failed"
    std::int64_t epochs = 0;        ///< that were finished
    std::optional<double> accuracy; ///< on the test samples, where classes were learned
    std::optional<double> r2;       ///< the same where a number was
};

/// The runs in the folders right below @p base, the newest first. Folders that hold no run are left out; nothing where there is no @p base.
std::vector<RunEntry> listRuns(const std::filesystem::path &base);

/// The project in the file @p path, or where @p path is a run's folder the project as the run trained it. The error says how to mend it.
Result<LoadedProject> loadProjectOrRun(const NodeRegistry &registry, const std::filesystem::path &path);

} // namespace netloom
