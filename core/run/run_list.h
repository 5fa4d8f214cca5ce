// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "runs/run_folder.h"

namespace netloom {

/// The project in the file @p path, or where @p path is a run's folder the project as the run trained it. The error says how to mend it.
Result<LoadedProject> loadProjectOrRun(const NodeRegistry &registry, const std::filesystem::path &path);

} // namespace netloom
