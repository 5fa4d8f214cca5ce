// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_list.h"

namespace netloom {

namespace fs = std::filesystem;

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
