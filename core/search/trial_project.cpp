// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/trial_project.h"

#include "graph/infer_shapes.h"
#include "graph/nearest_name.h"
#include "search/axis_target.h"

#include <algorithm>

namespace netloom {

std::pair<std::string, std::string> ownerAndName(const std::string &axis)
{
    const auto dot = axis.rfind('.');
    return dot == std::string::npos ? std::pair<std::string, std::string>(kRecipeOwner, axis) : std::pair(axis.substr(0, dot), axis.substr(dot + 1));
}

Result<const Node *> findNode(const Project &project, const std::string &path)
{
    if (const Node *node = findByPath(project.graph, path))
        return node;
    std::vector<std::string> names;
    for (const Node *node : listedNodes(project.graph))
        names.push_back(pathOf(project.graph, *node));
    return unknownName(path, "node", std::move(names));
}

static Result<AxisTarget> recipeTarget(const Project &project, const std::string &name)
{
    const ParamDecl *decl = findRecipeDecl(name);
    if (decl)
        return AxisTarget{*decl, project.recipe.at(name), {}};
    std::vector<std::string> names;
    for (const ParamDecl &each : recipeDecls())
        names.push_back(each.name);
    return unknownName(name, "recipe field", std::move(names));
}

Result<AxisTarget> findTarget(const Project &project, const NodeRegistry &registry, const std::string &axis)
{
    const auto [owner, name] = ownerAndName(axis);
    if (owner == kRecipeOwner && !project.graph.findByName(owner))
        return recipeTarget(project, name);
    const Result<const Node *> found = findNode(project, owner);
    if (!found)
        return found.error();
    const Node &node = **found;
    const NodeSpec *spec = registry.find(node.type);
    if (!spec)
        return Error{"This version does not know the type of '" + owner + "', so its parameters can't be searched over."};
    if (const ParamDecl *decl = spec->findParam(name))
        return AxisTarget{*decl, node.params.has(name) ? node.params.at(name) : decl->fallback, {{node.id, name}}};
    std::vector<std::string> names;
    for (const ParamDecl &decl : spec->params)
        names.push_back(decl.name);
    for (const ExposedParam &param : exposedParams(project.graph, registry, node.id)) {
        if (param.name == name)
            return AxisTarget{param.decl, param.value, param.targets};
        names.push_back(param.name);
    }
    return unknownName(name, "parameter of " + nodeTitle(node), std::move(names));
}

Result<Node> retyped(const Project &project, const NodeRegistry &registry, const Node &node, const std::string &type)
{
    const NodeSpec *spec = registry.find(type);
    if (!spec || spec->isStructure() || spec->isSource()) {
        std::vector<std::string> names;
        for (const auto &each : registry.all()) {
            if (!each->isStructure() && !each->isSource())
                names.push_back(each->type);
        }
        return unknownName(type, "node type", std::move(names));
    }
    for (const Link &link : project.graph.linksInto(node.id)) {
        if (!spec->findInput(link.to.port))
            return Error{type + " has no input '" + link.to.port + "', so it can't take the place of " + nodeTitle(node) + "."};
    }
    for (const Link &link : project.graph.linksFrom(node.id)) {
        if (!spec->findOutput(link.from.port))
            return Error{type + " has no output '" + link.from.port + "', so it can't take the place of " + nodeTitle(node) + "."};
    }
    Node other = node;
    other.type = type;
    other.params = Params::defaults(spec->params);
    for (const ParamDecl &decl : spec->params) {
        if (node.params.has(decl.name) && validateParam(decl, node.params.at(decl.name)).ok())
            other.params.set(decl.name, node.params.at(decl.name));
    }
    return other;
}

namespace {

Result<Done> setValue(Project &project, const NodeRegistry &registry, const SearchAxis &axis, const std::string &text)
{
    const Result<AxisTarget> target = findTarget(project, registry, axis.name);
    if (!target)
        return target.error();
    const Result<ParamValue> value = parseParam(target->decl, text);
    if (!value)
        return Error{"'" + axis.name + "' = " + text + ": " + value.error().text};
    if (target->nodes.empty())
        project.recipe.set(target->decl.name, *value);
    for (const auto &[node, param] : target->nodes)
        project.graph.setParam(node, param, *value);
    return Done{};
}

Result<Done> setBypassed(Project &project, const std::string &path, bool bypassed)
{
    const Result<const Node *> node = findNode(project, path);
    if (!node)
        return node.error();
    project.graph.setBypassed((*node)->id, bypassed);
    return Done{};
}

Result<Done> setType(Project &project, const NodeRegistry &registry, const SearchAxis &axis, const std::string &type)
{
    const Result<const Node *> node = findNode(project, ownerAndName(axis.name).first);
    if (!node)
        return node.error();
    if ((*node)->type == type)
        return Done{};
    Result<Node> other = retyped(project, registry, **node, type);
    if (!other)
        return other.error();
    project.graph.replaceNode(std::move(*other));
    return Done{};
}

Result<Done> put(Project &project, const NodeRegistry &registry, const SearchAxis &axis, double value)
{
    const std::string text = axis.text(value);
    switch (axis.target) {
    case SearchAxis::Target::Value: return setValue(project, registry, axis, text);
    case SearchAxis::Target::Switch: return setBypassed(project, axis.name, text == kOff);
    case SearchAxis::Target::Type: return setType(project, registry, axis, text);
    case SearchAxis::Target::OneOf: break;
    }
    for (const std::string &path : axis.choices) {
        if (const Result<Done> done = setBypassed(project, path, path != text); !done)
            return done;
    }
    return Done{};
}

} // namespace

Result<Project> trialProject(const Project &base, const NodeRegistry &registry, const std::vector<SearchAxis> &axes, const SearchPoint &point)
{
    Project project = base;
    // Types first: their parameters may be searched over, too.
    std::vector<std::size_t> order;
    for (const bool types : {true, false}) {
        for (std::size_t index = 0; index < axes.size(); ++index) {
            if ((axes[index].target == SearchAxis::Target::Type) == types)
                order.push_back(index);
        }
    }
    for (const std::size_t index : order) {
        if (const Result<Done> done = put(project, registry, axes[index], point[index]); !done)
            return done.error();
    }
    return project;
}

Result<Done> chooseFold(Project &project, const NodeRegistry &registry, std::int64_t folds, std::int64_t fold)
{
    const NodeId source = findPipeline(project.graph, registry).source;
    const Node *node = project.graph.find(source);
    const NodeSpec *spec = node ? registry.find(node->type) : nullptr;
    if (!spec || !spec->findParam("folds") || !spec->findParam("fold"))
        return Error{"The project's data can't be cut into folds: search without them, or use a source that has the parameter folds."};
    project.graph.setParam(source, "split", std::string("k-fold"));
    project.graph.setParam(source, "folds", folds);
    project.graph.setParam(source, "fold", fold);
    return Done{};
}

} // namespace netloom
