// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/sample_losses.h"

#include "data/loader.h"
#include "run/trained_data.h"
#include "train/trainer.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr float kLeastProbability = 1e-12f; ///< a float's rounding; the loss stays finite

void addLosses(std::vector<SampleLoss> &losses, const Batch &batch, const std::vector<float> &probabilities)
{
    const std::size_t classes = probabilities.size() / static_cast<std::size_t>(batch.count);
    for (std::size_t row = 0; row < static_cast<std::size_t>(batch.count); ++row) {
        const auto first = probabilities.begin() + static_cast<std::ptrdiff_t>(row * classes);
        const auto best = std::max_element(first, first + static_cast<std::ptrdiff_t>(classes));
        const auto label = static_cast<std::size_t>(batch.targets[row]);
        const float right = label < classes ? first[static_cast<std::ptrdiff_t>(label)] : 0.0f;
        losses.push_back({batch.samples[row], -std::log(std::max(right, kLeastProbability)), static_cast<std::int32_t>(best - first), *best});
    }
}

/// The mean of what every label, yes or no, costs.
void addLabelLosses(std::vector<SampleLoss> &losses, const Batch &batch, const std::vector<float> &probabilities)
{
    const std::size_t labels = probabilities.size() / static_cast<std::size_t>(batch.count);
    for (std::size_t row = 0; row < static_cast<std::size_t>(batch.count); ++row) {
        double sum = 0;
        for (std::size_t at = row * labels; at < (row + 1) * labels; ++at)
            sum -= std::log(std::max(batch.labels[at] > 0.5f ? probabilities[at] : 1 - probabilities[at], kLeastProbability));
        losses.push_back({batch.samples[row], sum / static_cast<double>(labels), -1, 0});
    }
}

/// Guesses in the numbers of the source's own classes.
void countAsSource(std::vector<SampleLoss> &losses, const std::vector<std::string> &own, const std::vector<std::string> &trained)
{
    for (SampleLoss &loss : losses) {
        if (loss.guess < 0 || own == trained)
            continue;
        const auto found = std::ranges::find(own, trained.at(static_cast<std::size_t>(loss.guess)));
        loss.guess = found == own.end() ? -1 : static_cast<std::int32_t>(found - own.begin());
    }
}

} // namespace

Result<std::vector<SampleLoss>> sampleLosses(const NodeRegistry &registry, const FinishedRun &run, std::shared_ptr<const DataSource> source,
    const std::function<bool(std::int64_t, std::int64_t)> &progress)
{
    try {
        if (source->facts().learnsNumber)
            return Error{"The run learned a number: only classes have losses by sample."};
        const auto trained = asTrained(source, run.facts);
        if (!trained)
            return trained.error();
        const auto loader = makeLoader(run.project.graph, registry, *trained);
        if (!loader)
            return loader.error();
        const auto predictor = Predictor::load(registry, run.project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        std::vector<SampleLoss> losses;
        std::optional<Error> failure; // of one split; the others are still judged
        bool goesOn = true;
        EvaluationWatch watch;
        watch.answers = [&](const Batch &batch, const BatchAnswers &answers) {
            (batch.labels.empty() ? addLosses : addLabelLosses)(losses, batch, answers.probabilities);
        };
        watch.progress = [&](std::int64_t, std::int64_t) { return goesOn = progress(static_cast<std::int64_t>(losses.size()), source->size()); };
        for (const Split split : kAllSplits) {
            if (!goesOn || (*loader)->sampleCount(split) == 0)
                continue;
            if (const auto judged = (*predictor)->evaluate(**loader, split, run.project.recipe.integer("batch_size"), watch); !judged)
                failure = judged.error();
        }
        if (losses.empty() && failure)
            return *failure;
        countAsSource(losses, source->facts().classNames, run.facts.classNames);
        return losses;
    } catch (const std::exception &error) {
        return Error{std::string("The losses could not be computed: ") + error.what()};
    }
}

} // namespace netloom
