// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/open_training.h"

#include "run/unfinished_run.h"

#include <algorithm>

namespace netloom {

namespace {

TrainFailed failedWith(std::string text, NodeId node = {})
{
    return {node, std::move(text)};
}

/// Opens @p project and hands it to @p trial.
template <class Answer, class Trial>
Result<Answer> tryOn(const NodeRegistry &registry, const Project &project, Trial trial)
{
    OpenedTraining opened;
    if (const auto failure = openTraining(registry, project, {}, opened))
        return Error{failure->text};
    return trial(TrainPlan{project.graph, project.recipe, opened.facts}, *opened.batches);
}

} // namespace

std::optional<TrainFailed> openTraining(const NodeRegistry &registry, const Project &project, LoaderOptions loading, OpenedTraining &opened,
    const SourceFacts &before, const std::function<void(const Issues &)> &onIssues)
{
    const Graph &graph = project.graph;
    const NodeId sourceNode = findPipeline(graph, registry).source;
    auto source = openSource(graph, registry);
    if (source) {
        opened.facts = (*source)->facts();
        if (std::string change = dataChange(before, opened.facts); !change.empty())
            return failedWith(std::move(change), sourceNode);
    }
    opened.inference = inferShapes(graph, registry, opened.facts);
    const Issues &issues = opened.inference.issues;
    const auto error = std::ranges::find(issues, Severity::Error, &Issue::severity);
    if (error != issues.end() && (source || !sourceNode.valid()))
        return failedWith(error->text, error->node);
    if (!source)
        return failedWith(source.error().text, sourceNode);
    if (onIssues && !issues.empty())
        onIssues(issues);
    loading.balanced = project.recipe.text("sampler") == "balanced";
    loading.dropLast = project.recipe.flag("drop_last");
    auto loader = makeLoader(graph, registry, *source, loading);
    if (!loader)
        return failedWith(loader.error().text);
    opened.source = *source;
    opened.batches = *loader;
    return std::nullopt;
}

Result<LrSearch> searchLearningRate(const NodeRegistry &registry, const Project &project, const GoesOn &goesOn)
{
    return tryOn<LrSearch>(registry, project,
        [&](const TrainPlan &plan, BatchSource &data) { return searchLearningRate(registry, plan, data, goesOn); });
}

Result<OverfitCheck> overfitOneBatch(const NodeRegistry &registry, const Project &project, const GoesOn &goesOn)
{
    return tryOn<OverfitCheck>(registry, project,
        [&](const TrainPlan &plan, BatchSource &data) { return overfitOneBatch(registry, plan, data, goesOn); });
}

} // namespace netloom
