// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/templates.h"
#include "run/training_run.h"

namespace netloom {

namespace {

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t index = 0; index < names.size() && index < 8; ++index)
        text.append(index > 0 ? ", " : "").append(names[index]);
    return names.size() > 8 ? text + ", ..." : text;
}

} // namespace

Result<Evaluation> evaluateRun(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataFolder,
    const std::function<void(std::int64_t, std::int64_t)> &progress)
{
    try {
        Project project = run.project;
        if (!dataFolder.empty() && !setDataFolder(project, registry, dataFolder))
            return Error{"The run's network has no data source whose folder could be set."};
        const auto source = openSource(project.graph, registry);
        if (!source)
            return source.error();
        const SourceFacts &facts = (*source)->facts();
        if (facts.classNames != run.facts.classNames)
            return Error{"The data has other classes (" + listed(facts.classNames) + ") than the network learned ("
                + listed(run.facts.classNames) + "): give data with the same classes."};
        if (facts.total(std::string(toString(split))) == 0)
            return Error{"The data has no " + std::string(toString(split)) + " pictures: choose another split."};
        const auto loader = makeLoader(project.graph, registry, *source);
        if (!loader)
            return loader.error();
        const auto predictor = Predictor::load(registry, project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        auto outcome = (*predictor)->evaluate(**loader, split, project.recipe.integer("batch_size"), progress);
        if (!outcome)
            return outcome.error();
        return Evaluation{outcome->first, std::move(outcome->second), facts.classNames, (*loader)->unreadable()};
    } catch (const std::exception &error) {
        return Error{std::string("The evaluation ended early: ") + error.what()};
    }
}

} // namespace netloom
