// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/data_folders.h"

#include "project/data_choice.h"
#include "project/templates.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// The environment variable as a path, "" when it isn't set.
fs::path fromEnvironment(const char *name)
{
    const char *value = std::getenv(name);
    return value ? fs::path(value) : fs::path();
}

bool isFolder(const fs::path &path)
{
    std::error_code error;
    return fs::is_directory(path, error);
}

bool holdsIdxFiles(const fs::path &folder)
{
    std::error_code error;
    return fs::exists(folder / "train-images-idx3-ubyte", error) || fs::exists(folder / "train-images-idx3-ubyte.gz", error);
}

const ParamDecl *folderParam(const NodeSpec &spec)
{
    const auto found = std::ranges::find_if(spec.params, [](const ParamDecl &decl) { return decl.type == ParamType::Path; });
    return found == spec.params.end() ? nullptr : &*found;
}

/// The first source that reads from disk, and its path parameter.
std::pair<NodeId, const ParamDecl *> sourceOf(const Project &project, const NodeRegistry &registry)
{
    for (const auto &[id, node] : project.graph.nodes()) {
        const NodeSpec *spec = registry.find(node.type);
        if (spec && spec->isSource()) {
            if (const ParamDecl *param = folderParam(*spec))
                return {id, param};
        }
    }
    return {};
}

} // namespace

fs::path fashionMnistFolder()
{
    std::vector<fs::path> candidates;
    if (const fs::path own = fromEnvironment("NETLOOM_DATA"); !own.empty())
        candidates = {own, own / "fashion-mnist"};
    fs::path dataHome = fromEnvironment("XDG_DATA_HOME");
    if (dataHome.empty() && !fromEnvironment("HOME").empty())
        dataHome = fromEnvironment("HOME") / ".local" / "share";
    if (!dataHome.empty())
        candidates.insert(candidates.end(), {dataHome / "netloom" / "fashion-mnist", dataHome / "fashion-mnist"});
    candidates.insert(candidates.end(), {"/usr/share/datasets/fashion-mnist", "/usr/local/share/datasets/fashion-mnist"});
    const auto found = std::ranges::find_if(candidates, holdsIdxFiles);
    return found == candidates.end() ? fs::path() : *found;
}

fs::path sampleFolder()
{
    const fs::path sample = fs::path("samples") / "fashion";
    std::vector<fs::path> resources;
    if (const fs::path own = fromEnvironment("NETLOOM_RESOURCES"); !own.empty())
        resources.push_back(own);
    std::error_code error;
    if (const fs::path program = fs::read_symlink("/proc/self/exe", error); !error) {
        const fs::path folder = program.parent_path();
        resources.push_back(folder / ".." / "share" / "netloom");
        resources.push_back(folder / ".." / ".." / "resources");
    }
    resources.emplace_back(NETLOOM_SOURCE_RESOURCES);
    for (const fs::path &folder : resources) {
        if (isFolder(folder / sample))
            return (folder / sample).lexically_normal();
    }
    return {};
}

std::string dataFolder(const Project &project, const NodeRegistry &registry)
{
    const auto [id, param] = sourceOf(project, registry);
    const Node *node = project.graph.find(id);
    if (!node || !node->params.has(param->name))
        return {};
    const auto *path = std::get_if<std::string>(&node->params.at(param->name));
    return path ? *path : std::string();
}

bool hasData(const Project &project, const NodeRegistry &registry)
{
    const auto isSource = [&](const auto &entry) {
        const NodeSpec *spec = registry.find(entry.second.type);
        return spec && spec->isSource();
    };
    const bool readsDisk = sourceOf(project, registry).first.valid();
    return readsDisk ? !dataFolder(project, registry).empty() : std::ranges::any_of(project.graph.nodes(), isSource);
}

bool setDataFolder(Project &project, const NodeRegistry &registry, const std::string &folder)
{
    const auto [id, param] = sourceOf(project, registry);
    if (!id.valid())
        return false;
    DataChoice choice{project.graph.find(id)->type, {}};
    choice.params.set(param->name, folder);
    if (const auto sure = folder.empty() ? std::nullopt : recogniseData(recognisers(registry), folder))
        choice = *sure;
    chooseData(project.graph, registry, id, choice);
    return true;
}

} // namespace netloom
