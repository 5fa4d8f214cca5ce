// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_input.h"

#include "console.h"
#include "data/loader.h"
#include "graph/learning.h"
#include "graph/nearest_name.h"
#include "graph/structure.h"
#include "project/templates.h"

#include <algorithm>

namespace netloom::cli {

namespace {

std::vector<std::string> namesOf(const std::vector<ParamDecl> &decls)
{
    std::vector<std::string> names;
    for (const ParamDecl &decl : decls)
        names.push_back(decl.name);
    return names;
}

Result<ParamValue> parseSetting(const std::vector<ParamDecl> &decls, const std::string &owner, const std::string &name, const std::string &text)
{
    const auto decl = std::ranges::find(decls, name, &ParamDecl::name);
    if (decl == decls.end())
        return unknownName(name, "parameter of " + owner, namesOf(decls));
    if (decl->type == ParamType::Path && !text.empty())
        return ParamValue(absolutePath(text));
    return parseParam(*decl, text);
}

/// How the node's weights learn, which is no parameter of its type.
Result<Done> applyLearning(Project &project, const Node &node, const ParamDecl &decl, const std::string &text)
{
    const Result<ParamValue> value = parseParam(decl, text);
    if (!value)
        return value.error();
    project.graph.replaceNode(withLearning(node, decl.name, *value));
    return Done{};
}

} // namespace

std::string absolutePath(const std::string &path)
{
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    return error ? path : absolute.lexically_normal().string();
}

Result<Project> openProject(const NodeRegistry &registry, const std::string &file)
{
    Result<LoadedProject> loaded = loadProject(registry, file);
    if (!loaded)
        return loaded.error();
    printIssues(loaded->notes, true);
    return std::move(loaded->project);
}

Result<Done> useData(Project &project, const NodeRegistry &registry, const std::string &folder)
{
    if (folder.empty() || setDataFolder(project, registry, absolutePath(folder)))
        return Done{};
    return Error{"The project has no data source that reads a folder, so --data has nothing to set."};
}

Result<Done> applySetting(Project &project, const NodeRegistry &registry, const std::string &setting)
{
    const auto equals = setting.find('=');
    const auto dot = equals == std::string::npos ? equals : setting.rfind('.', equals);
    if (equals == std::string::npos)
        return Error{"--set takes NODE.PARAM=VALUE, or NAME=VALUE for the recipe, for example --set conv1.out_channels=16 or --set lr=0.01, but got '" + setting + "'."};
    const bool bare = dot == std::string::npos; // as search's --param takes it
    const std::string owner = bare ? "recipe" : setting.substr(0, dot);
    const std::string name = bare ? setting.substr(0, equals) : setting.substr(dot + 1, equals - dot - 1);
    const std::string text = setting.substr(equals + 1);

    if (bare || (owner == "recipe" && !project.graph.findByName(owner))) {
        Result<ParamValue> value = parseSetting(recipeDecls(), "the recipe", name, text);
        if (!value)
            return Error{"--set " + setting + ": " + value.error().text};
        project.recipe.set(name, std::move(*value));
        return Done{};
    }
    const Node *node = findByPath(project.graph, owner);
    if (!node) {
        std::vector<std::string> names{"recipe"};
        for (const auto &[id, other] : project.graph.nodes())
            names.push_back(pathOf(project.graph, other));
        return Error{"--set " + setting + ": " + unknownName(owner, "node", std::move(names)).text};
    }
    const NodeSpec *spec = registry.find(node->type);
    if (!spec)
        return Error{"--set " + setting + ": this version does not know the type of '" + owner + "'."};
    if (const ParamDecl *learning = findLearningDecl(name))
        return applyLearning(project, *node, *learning, text);
    Result<ParamValue> value = parseSetting(spec->params, node->type + " '" + owner + "'", name, text);
    if (!value)
        return Error{"--set " + setting + ": " + value.error().text};
    project.graph.setParam(node->id, name, std::move(*value));
    return Done{};
}

SourceFacts lookAtData(const Project &project, const NodeRegistry &registry)
{
    SourceFacts facts;
    if (!hasData(project, registry))
        return facts;
    const auto source = openSource(project.graph, registry);
    if (source)
        return (*source)->facts();
    facts.problem = source.error().text;
    return facts;
}

} // namespace netloom::cli
