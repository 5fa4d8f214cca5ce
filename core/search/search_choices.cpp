// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/axis_target.h"
#include "search/trial_project.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// Of the recipe, what changes how trials are compared or how fast they run, not how well they learn.
constexpr const char *kKept[] = {"epochs", "seed", "device", "precision", "threads", "trial", "drop_last", "checkpoint_minutes", "checkpoint_epochs",
    "early_stopping", "monitor", "patience", "min_delta", "restore_best"};

SearchAxis realAxis(const std::string &name, const ParamDecl &decl, double value)
{
    const double least = decl.min.value_or(-HUGE_VAL), most = decl.max.value_or(HUGE_VAL);
    if (decl.name == "lr")
        return SearchAxis::real(name, 1e-4, 1e-1, true);
    if (decl.name == "weight_decay")
        return SearchAxis::real(name, 1e-6, 1e-2, true);
    if (decl.name == "momentum")
        return SearchAxis::real(name, 0.5, 0.99);
    if (least == 0 && most <= 1 && value > 0.8)
        return SearchAxis::real(name, 0.8, std::min(most, 0.999));
    if (least == 0 && most == 1)
        return SearchAxis::real(name, 0.1, 0.7);
    if (value > 0 && least >= 0)
        return SearchAxis::real(name, std::max(least, value / 10), std::min(most, value * 10), value / 10 >= least);
    return SearchAxis::real(name, std::max(least, value - 1), std::min(most, value + 1));
}

SearchAxis wholeAxis(const std::string &name, const ParamDecl &decl, std::int64_t value)
{
    const double least = decl.min.value_or(-1e9), most = decl.max.value_or(1e9);
    if (decl.name == kRepeatParam)
        return SearchAxis::whole(name, 1, 4);
    if (value < 8)
        return SearchAxis::whole(name, std::int64_t(std::max(least, std::min(1.0, double(value)))), std::int64_t(std::min(most, double(value) + 3)));
    std::vector<std::string> choices;
    for (const double one : {double(value) / 2, double(value), double(value) * 2}) {
        if (one >= least && one <= most)
            choices.push_back(std::to_string(std::llround(one)));
    }
    return SearchAxis::choice(name, std::move(choices));
}

/// A range to begin with; nothing where the parameter has none that makes sense.
std::optional<SearchAxis> usualAxis(const std::string &name, const ParamDecl &decl, const ParamValue &value)
{
    switch (decl.type) {
    case ParamType::Bool: return SearchAxis::choice(name, {"true", "false"});
    case ParamType::Choice: return decl.choices.size() > 1 ? std::optional(SearchAxis::choice(name, decl.choices)) : std::nullopt;
    case ParamType::Real: return realAxis(name, decl, std::get<double>(value));
    case ParamType::Int:
        if (const auto *number = std::get_if<std::int64_t>(&value))
            return wholeAxis(name, decl, *number);
        return std::nullopt; // a keyword: the data settle it
    case ParamType::IntPair:
        if (const auto *pair = std::get_if<std::vector<std::int64_t>>(&value); pair && !pair->empty())
            return wholeAxis(name, decl, pair->front());
        return std::nullopt;
    case ParamType::Text:
    case ParamType::Path:
    case ParamType::RealList:
    case ParamType::TextList: break;
    }
    return std::nullopt;
}

/// The usual activations for one of them; else the node's own type, to which others are added by hand.
SearchAxis typeAxis(const Project &project, const NodeRegistry &registry, const Node &node)
{
    SearchAxis axis = SearchAxis::choice(pathOf(project.graph, node) + "." + kTypeParam, {node.type});
    axis.target = SearchAxis::Target::Type;
    if (registry.find(node.type)->category != Category::Activation)
        return axis;
    for (const char *other : {"ReLU", "LeakyReLU", "GELU", "SiLU", "Tanh"}) {
        if (other != node.type && retyped(project, registry, node, other).ok())
            axis.choices.push_back(other);
    }
    return axis;
}

void addNode(std::vector<SearchChoice> &choices, const Project &project, const NodeRegistry &registry, const Node &node)
{
    const NodeSpec *spec = registry.find(node.type);
    if (!spec || spec->isSource())
        return;
    const std::string path = pathOf(project.graph, node);
    if (!spec->isLoss() && canBypass(project.graph, registry, node)) {
        SearchAxis axis = SearchAxis::choice(path, {kOn, kOff});
        axis.target = SearchAxis::Target::Switch;
        choices.push_back({path, node.type, axis, "On, or bypassed: what comes in goes out as it is."});
    }
    if (!spec->isStructure() && !spec->findParam(kTypeParam))
        choices.push_back({path, node.type, typeAxis(project, registry, node), "Which of several node types stands here."});
    for (const ParamDecl &decl : spec->params) {
        const auto axis = decl.inForm && decl.matters(node.params) && node.params.has(decl.name) ? usualAxis(path + "." + decl.name, decl, node.params.at(decl.name)) : std::nullopt;
        if (axis)
            choices.push_back({path, node.type, *axis, decl.docText});
    }
    if (node.type != kBlockType)
        return;
    for (const ExposedParam &param : exposedParams(project.graph, registry, node.id)) {
        if (const auto axis = usualAxis(path + "." + param.name, param.decl, param.value))
            choices.push_back({path, node.type, *axis, param.decl.docText});
    }
}

} // namespace

std::vector<SearchChoice> searchChoices(const Project &project, const NodeRegistry &registry)
{
    std::vector<SearchChoice> choices;
    for (const ParamDecl &decl : recipeDecls()) {
        if (!decl.matters(project.recipe) || std::ranges::find(kKept, decl.name) != std::end(kKept))
            continue;
        if (const auto axis = usualAxis(std::string(kRecipeOwner) + "." + decl.name, decl, project.recipe.at(decl.name)))
            choices.push_back({kRecipeOwner, "", *axis, decl.docText});
    }
    for (const Node *node : listedNodes(project.graph))
        addNode(choices, project, registry, *node);
    return choices;
}

} // namespace netloom
