// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "project/templates.h"
#include "run/evaluation.h"
#include "run/trained_data.h"
#include "train/trainer.h"

#include <algorithm>
#include <iterator>

namespace netloom {

namespace {

/// The data to be judged, as the network takes them.
Result<std::shared_ptr<DataSource>> openData(const NodeRegistry &registry, const FinishedRun &run, const std::string &dataPath, Split split,
    Project &project, std::vector<std::string> &strangers)
{
    if (!dataPath.empty() && !setDataFolder(project, registry, dataPath))
        return Error{"The run's network has no data source whose folder could be set."};
    const auto source = openSourceAs(project.graph, registry, run.facts, strangers);
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
        const auto part = [&](const std::vector<float> &all) { return std::span(all).subspan(row * classes, classes); };
        if (!answers.numbers.empty())
            evaluation.answers.push_back({sample, {evaluation.source->number(sample), answers.numbers[row]}});
        else if (!batch.labels.empty())
            evaluation.labels.add(sample, part(batch.labels), part(answers.probabilities));
        else
            evaluation.scores.add(sample, batch.targets[row], part(answers.probabilities));
    }
}

/// What the answers that were kept say. False where @p goOn ended it.
bool score(Evaluation &evaluation, PassFindings findings, const GoOn &goOn)
{
    evaluation.result = findings.result;
    evaluation.confusion = std::move(findings.confusion);
    evaluation.estimates = std::move(findings.estimates);
    evaluation.tally = std::move(findings.labels);
    if (evaluation.learnsNumber())
        return true;
    const std::int64_t samples = findings.result.samples;
    bool ended = false;
    const GoOn watch = [&](std::int64_t, std::int64_t) { return !(ended = goOn && !goOn(samples, samples)); };
    if (evaluation.severalLabels()) {
        evaluation.labelScores = labelScores(evaluation.tally);
        evaluation.labelProbability = probabilityScores(evaluation.labels, watch);
    } else {
        evaluation.classification = classificationScores(evaluation.confusion);
        evaluation.probability = probabilityScores(evaluation.scores, watch);
    }
    return !ended;
}

/// One for each head, without answers yet.
std::vector<Evaluation> begun(const FinishedRun &run, Split split, const std::vector<std::string> &heads, std::shared_ptr<const DataSource> source, std::int64_t samples)
{
    std::vector<Evaluation> evaluations;
    for (const std::string &head : heads) {
        evaluations.push_back({.split = split, .head = head, .classNames = run.facts.classNames, .targetName = run.facts.targetName, .source = source});
        if (run.facts.severalLabels)
            evaluations.back().labels = LabelAnswers(run.facts.classCount(), samples);
        else
            evaluations.back().scores = SampleScores(run.facts.classCount(), samples);
    }
    return evaluations;
}

Result<std::vector<Evaluation>> judge(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataPath, const GoOn &goOn, bool allHeads)
{
    try {
        Project project = run.project;
        std::vector<std::string> strangers;
        const auto source = openData(registry, run, dataPath, split, project, strangers);
        if (!source)
            return source.error();
        const auto loader = makeLoader(project.graph, registry, *source);
        if (!loader)
            return loader.error();
        const auto predictor = Predictor::load(registry, project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        std::vector<std::string> heads = (*predictor)->headNames();
        heads.resize(allHeads ? heads.size() : 1);
        std::vector<Evaluation> evaluations = begun(run, split, heads, *source, (*loader)->sampleCount(split));
        bool ended = false;
        EvaluationWatch watch;
        watch.answers = [&](const Batch &batch, const BatchAnswers &answers) { keep(evaluations.front(), batch, answers); };
        watch.headAnswers = [&](std::size_t head, const Batch &batch, const BatchAnswers &answers) { keep(evaluations[head], batch, answers); };
        watch.progress = [&](std::int64_t done, std::int64_t total) { return !(ended = goOn && !goOn(done, total)); };
        const std::int64_t batchSize = project.recipe.integer("batch_size");
        std::vector<PassFindings> found;
        if (allHeads) {
            auto all = (*predictor)->evaluateHeads(**loader, split, batchSize, watch);
            if (!all)
                return all.error();
            found = std::move(*all);
        } else {
            auto one = (*predictor)->evaluate(**loader, split, batchSize, watch);
            if (!one)
                return one.error();
            found.push_back(std::move(*one));
        }
        for (std::size_t head = 0; head < found.size() && !ended; ++head) {
            ended = !score(evaluations[head], std::move(found[head]), goOn);
            evaluations[head].unreadable = strangers;
            std::ranges::copy((*loader)->unreadable(), std::back_inserter(evaluations[head].unreadable));
        }
        if (ended)
            return Error{kEvaluationEnded};
        return evaluations;
    } catch (const std::exception &error) {
        return Error{std::string("The evaluation ended early: ") + error.what()};
    }
}

/// The first of @p samples, sorted by how sure the network was of what is wrong: rows and that probability.
std::vector<std::size_t> surest(std::vector<std::pair<float, std::size_t>> mistakes, std::size_t most)
{
    std::ranges::stable_sort(mistakes, std::ranges::greater(), [](const auto &mistake) { return mistake.first; });
    mistakes.resize(std::min(mistakes.size(), most));
    std::vector<std::size_t> rows;
    for (const auto &[confidence, row] : mistakes)
        rows.push_back(row);
    return rows;
}

} // namespace

Result<std::vector<Evaluation>> evaluateHeads(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataPath, const GoOn &goOn)
{
    return judge(registry, run, split, dataPath, goOn, true);
}

Result<Evaluation> evaluateRun(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataPath, const GoOn &goOn)
{
    auto evaluations = judge(registry, run, split, dataPath, goOn, false);
    if (!evaluations)
        return evaluations.error();
    return std::move(evaluations->front());
}

bool hasThreshold(const Evaluation &evaluation)
{
    return evaluation.severalLabels() || evaluation.scores.classes() == 2;
}

Evaluation judgedAt(Evaluation evaluation, double threshold)
{
    if (!hasThreshold(evaluation) || threshold == evaluation.threshold)
        return evaluation;
    evaluation.threshold = threshold;
    if (evaluation.severalLabels()) {
        evaluation.tally = evaluation.labels.tally(threshold);
        evaluation.labelScores = labelScores(evaluation.tally);
    } else {
        evaluation.scores = evaluation.scores.guessedAt(threshold);
        evaluation.confusion = evaluation.scores.confusion();
        evaluation.classification = classificationScores(evaluation.confusion);
    }
    return evaluation;
}

std::vector<std::size_t> confidentMistakes(const Evaluation &evaluation, std::size_t most)
{
    std::vector<std::pair<float, std::size_t>> mistakes;
    const std::vector<JudgedSample> &samples = evaluation.scores.samples();
    for (std::size_t row = 0; row < samples.size(); ++row) {
        if (!samples[row].right())
            mistakes.emplace_back(samples[row].confidence, row);
    }
    for (std::size_t row = 0; row < evaluation.labels.samples().size(); ++row) {
        if (const auto mistake = evaluation.labels.mistake(row, evaluation.threshold); mistake.wrong > 0)
            mistakes.emplace_back(mistake.confidence, row);
    }
    return surest(std::move(mistakes), most);
}

std::vector<std::int32_t> trueLabels(const LabelAnswers &answers, std::size_t row)
{
    std::vector<std::int32_t> labels;
    for (std::int32_t label = 0; label < answers.labelCount(); ++label) {
        if (answers.truth(row, label))
            labels.push_back(label);
    }
    return labels;
}

std::vector<std::int32_t> saidLabels(const LabelAnswers &answers, std::size_t row, double threshold)
{
    std::vector<std::int32_t> labels;
    for (std::int32_t label = 0; label < answers.labelCount(); ++label) {
        if (answers.probability(row, label) >= threshold)
            labels.push_back(label);
    }
    return labels;
}

std::string labelsText(const std::vector<std::int32_t> &labels, const std::vector<std::string> &names)
{
    std::string text;
    for (const std::int32_t label : labels)
        text.append(text.empty() ? "" : ", ").append(names.at(std::size_t(label)));
    return text.empty() ? "none" : text;
}

} // namespace netloom
