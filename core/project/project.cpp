// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "project/project_format.h"

namespace netloom {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(const fs::path &file)
{
    std::error_code error;
    const fs::path absolute = fs::absolute(file, error);
    return (error ? file : absolute).lexically_normal().parent_path();
}

} // namespace

Result<Done> saveProject(const Project &project, const NodeRegistry &registry, const fs::path &file)
{
    return writeFileAtomically(file, projectToJson(project, registry, folderOf(file)));
}

Result<LoadedProject> loadProject(const NodeRegistry &registry, const fs::path &file)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error && size > kMaxFileBytes)
        return Error{"Cannot open '" + file.string() + "': it is too large for a project (" + std::to_string(size >> 20) + " MiB)."};
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    Result<LoadedProject> loaded = projectFromJson(*text, registry, folderOf(file));
    if (!loaded)
        return Error{"Cannot open '" + file.string() + "': " + loaded.error().text};
    return loaded;
}

} // namespace netloom
