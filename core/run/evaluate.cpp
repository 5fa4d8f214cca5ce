// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "project/templates.h"
#include "run/evaluation.h"
#include "run/trained_data.h"
#include "train/trainer.h"

#include <algorithm>

namespace netloom {

namespace {

/// The data to be judged, as the network takes them.
Result<std::shared_ptr<DataSource>> openData(const NodeRegistry &registry, const FinishedRun &run, const std::string &dataFolder, Split split, Project &project)
{
    if (!dataFolder.empty() && !setDataFolder(project, registry, dataFolder))
        return Error{"The run's network has no data source whose folder could be set."};
    const auto source = openSource(project.graph, registry);
    if (!source)
        return source.error();
    auto trained = asTrained(*source, run.facts);
    if (trained && (*trained)->facts().total(std::string(toString(split))) == 0)
        return Error{"The data has no " + std::string(toString(split)) + ((*trained)->facts().columns.empty() ? " pictures" : " rows") + ": choose another split."};
    return trained;
}

void keep(Evaluation &evaluation, const Batch &batch, const BatchAnswers &answers)
{
    const std::size_t classes = evaluation.classNames.size();
    for (std::size_t row = 0; row < std::size_t(batch.count); ++row) {
        const std::int64_t sample = batch.samples[row];
        if (answers.numbers.empty())
            evaluation.scores.add(sample, batch.targets[row], std::span(answers.probabilities).subspan(row * classes, classes));
        else
            evaluation.answers.push_back({sample, {evaluation.source->number(sample), answers.numbers[row]}});
    }
}

} // namespace

Result<Evaluation> evaluateRun(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataFolder, const GoOn &goOn)
{
    try {
        Project project = run.project;
        const auto source = openData(registry, run, dataFolder, split, project);
        if (!source)
            return source.error();
        const auto loader = makeLoader(project.graph, registry, *source);
        if (!loader)
            return loader.error();
        const auto predictor = Predictor::load(registry, project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        Evaluation evaluation{.split = split, .classNames = run.facts.classNames, .targetName = run.facts.targetName, .source = *source};
        evaluation.scores = SampleScores(run.facts.classCount(), (*loader)->sampleCount(split));
        bool ended = false;
        EvaluationWatch watch;
        watch.answers = [&](const Batch &batch, const BatchAnswers &answers) { keep(evaluation, batch, answers); };
        watch.progress = [&](std::int64_t done, std::int64_t total) { return !(ended = goOn && !goOn(done, total)); };
        auto outcome = (*predictor)->evaluate(**loader, split, project.recipe.integer("batch_size"), watch);
        if (!outcome)
            return outcome.error();
        evaluation.result = outcome->result;
        evaluation.confusion = std::move(outcome->confusion);
        evaluation.estimates = std::move(outcome->estimates);
        evaluation.unreadable = (*loader)->unreadable();
        if (!evaluation.learnsNumber() && !ended) {
            evaluation.classification = classificationScores(evaluation.confusion);
            const auto samples = std::int64_t(evaluation.scores.samples().size());
            evaluation.probability = probabilityScores(evaluation.scores, [&](std::int64_t, std::int64_t) { return !(ended = goOn && !goOn(samples, samples)); });
        }
        if (ended)
            return Error{kEvaluationEnded};
        return evaluation;
    } catch (const std::exception &error) {
        return Error{std::string("The evaluation ended early: ") + error.what()};
    }
}

std::vector<std::size_t> confidentMistakes(const Evaluation &evaluation, std::size_t most)
{
    const std::vector<JudgedSample> &samples = evaluation.scores.samples();
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < samples.size(); ++row) {
        if (!samples[row].right())
            rows.push_back(row);
    }
    std::ranges::stable_sort(rows, std::ranges::greater(), [&](std::size_t row) { return samples[row].confidence; });
    rows.resize(std::min(rows.size(), most));
    return rows;
}

} // namespace netloom
