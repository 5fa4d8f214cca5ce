// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/folder_scan.h"
#include "run/prediction.h"

#include <algorithm>
#include <numeric>

namespace netloom {

namespace fs = std::filesystem;

std::vector<Prediction> listFiles(const std::vector<std::string> &filesAndFolders)
{
    std::vector<Prediction> listed;
    for (const std::string &path : filesAndFolders) {
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            listed.push_back({.file = path});
            continue;
        }
        std::vector<std::string> files;
        fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, error);
        for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
            std::error_code statError;
            if (isHiddenFile(entry->path().filename().string()))
                entry.disable_recursion_pending();
            else if (entry->is_regular_file(statError) && isPictureFile(entry->path().string()))
                files.push_back(entry->path().string());
        }
        std::ranges::sort(files);
        for (std::string &file : files)
            listed.push_back({.file = std::move(file)});
        if (error)
            listed.push_back({.file = path, .error = "The folder '" + path + "' cannot be read: " + error.message() + "."});
        else if (files.empty())
            listed.push_back({.file = path, .error = "The folder '" + path + "' holds no pictures."});
    }
    return listed;
}

namespace {

constexpr std::int64_t kRowsAtOnce = 4096; ///< of a table

/// Rows @p first to @p first + @p count of @p batch.
Batch part(const Batch &batch, std::int64_t first, std::int64_t count, std::int64_t sampleSize)
{
    const auto from = batch.values.begin() + first * sampleSize;
    return {.count = count, .values = {from, from + count * sampleSize}, .targets = std::vector<std::int64_t>(static_cast<std::size_t>(count))};
}

std::string badShape(const Shape &sampleShape)
{
    return "has another shape after the transforms than the network takes (" + sampleShape.toString() + "): train with a Resize to a fixed height and width.";
}

} // namespace

std::vector<std::size_t> Prediction::bestLabels(std::size_t top, double threshold) const
{
    std::vector<std::size_t> labels(probabilities.size());
    std::iota(labels.begin(), labels.end(), std::size_t(0));
    std::ranges::stable_sort(labels, std::ranges::greater(), [&](std::size_t label) { return probabilities[label]; });
    if (labels.size() == 2 && threshold != kUsualThreshold && labels.front() != std::size_t(probabilities[1] >= threshold))
        std::swap(labels.front(), labels.back());
    labels.resize(std::min(labels.size(), top));
    return labels;
}

std::vector<std::size_t> Prediction::labelsFrom(double threshold) const
{
    std::vector<std::size_t> labels = bestLabels(probabilities.size());
    std::erase_if(labels, [&](std::size_t label) { return probabilities[label] < threshold; });
    return labels;
}

Result<std::unique_ptr<RunPredictor>> RunPredictor::load(const NodeRegistry &registry, const FinishedRun &run)
{
    try {
        auto preparer = PicturePreparer::make(run.project.graph, registry, run.facts);
        if (!preparer)
            return preparer.error();
        auto predictor = Predictor::load(registry, run.project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        return std::unique_ptr<RunPredictor>(new RunPredictor(run.facts, run.threshold, std::move(*preparer), std::move(*predictor)));
    } catch (const std::exception &error) {
        return Error{std::string("The run cannot answer: ") + error.what()};
    }
}

/// Adds an answer for every sample of @p batch to @p predictions; nothing where all is well.
std::optional<Error> RunPredictor::answerBatch(const Batch &batch, const std::string &file, std::vector<Prediction> &predictions)
{
    std::vector<float> probabilities;
    std::vector<double> numbers;
    if (m_predictor->learnsNumber()) {
        auto answers = m_predictor->numbers(batch, m_preparer->sampleShape());
        if (!answers)
            return answers.error();
        numbers = std::move(*answers);
    } else {
        auto answers = m_predictor->probabilities(batch, m_preparer->sampleShape());
        if (!answers)
            return answers.error();
        probabilities = std::move(*answers);
    }
    const std::int64_t classes = static_cast<std::int64_t>(probabilities.size()) / batch.count;
    for (std::int64_t row = 0; row < batch.count; ++row) {
        Prediction &prediction = predictions.emplace_back(Prediction{.file = file});
        const auto first = probabilities.begin() + row * classes;
        prediction.probabilities.assign(first, first + classes);
        if (!numbers.empty())
            prediction.number = numbers[static_cast<std::size_t>(row)];
    }
    return std::nullopt;
}

std::vector<Prediction> RunPredictor::answer(const std::string &file)
{
    const auto failed = [&](std::string cause) { return std::vector{Prediction{.file = file, .error = std::move(cause)}}; };
    std::vector<std::string> leftOut; // rows
    const Result<Batch> batch = m_preparer->prepare(file, &leftOut);
    if (!batch)
        return failed(batch.error().text);
    const Shape sampleShape = m_preparer->sampleShape();
    const std::int64_t size = sampleShape.elementsPerSample();
    if (std::int64_t(batch->values.size()) != batch->count * size)
        return failed("'" + file + "' " + badShape(sampleShape));
    std::vector<Prediction> predictions;
    for (std::int64_t first = 0; first < batch->count; first += kRowsAtOnce) {
        const Batch rows = part(*batch, first, std::min(kRowsAtOnce, batch->count - first), size);
        if (const auto error = answerBatch(rows, file, predictions))
            return failed(error->text);
    }
    for (std::size_t row = 0; takesRows() && row < predictions.size(); ++row)
        predictions[row].file += ":" + std::to_string(batch->samples[row]);
    for (std::string &cause : leftOut)
        predictions.push_back({.file = file, .error = std::move(cause)});
    return predictions;
}

Prediction RunPredictor::answer(const Picture &picture)
{
    const auto failed = [](const std::string &cause) { return Prediction{.file = {}, .error = "The picture " + cause + "."}; };
    if (takesRows())
        return failed("is no row of a table, which the network learned from");
    const Result<Batch> batch = m_preparer->prepare(picture);
    if (!batch)
        return failed(batch.error().text);
    if (std::int64_t(batch->values.size()) != m_preparer->sampleShape().elementsPerSample())
        return failed(badShape(m_preparer->sampleShape()));
    std::vector<Prediction> predictions;
    if (const auto error = answerBatch(*batch, {}, predictions))
        return {.file = {}, .error = error->text};
    return predictions.front();
}

Result<std::vector<Prediction>> predictFiles(const NodeRegistry &registry, const FinishedRun &run,
    const std::vector<std::string> &filesAndFolders, const std::function<void(const Prediction &)> &each)
{
    try {
        const auto predictor = RunPredictor::load(registry, run);
        if (!predictor)
            return predictor.error();
        std::vector<Prediction> predictions;
        for (const Prediction &listed : listFiles(filesAndFolders)) {
            const auto found = listed.error.empty() ? (*predictor)->answer(listed.file) : std::vector{listed};
            predictions.insert(predictions.end(), found.begin(), found.end());
            if (each)
                std::ranges::for_each(found, each);
        }
        return predictions;
    } catch (const std::exception &error) {
        return Error{std::string("The prediction ended early: ") + error.what()};
    }
}

} // namespace netloom
