// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/folder_scan.h"
#include "run/training_run.h"

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// Files as they are; folders become every picture below them in name order, or an entry that says why there is none.
std::vector<Prediction> listFiles(const std::vector<std::string> &filesAndFolders)
{
    std::vector<Prediction> listed;
    for (const std::string &path : filesAndFolders) {
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            listed.push_back({path, {}, {}});
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
            listed.push_back({std::move(file), {}, {}});
        if (error)
            listed.push_back({path, "The folder '" + path + "' cannot be read: " + error.message() + ".", {}});
        else if (files.empty())
            listed.push_back({path, "The folder '" + path + "' holds no pictures.", {}});
    }
    return listed;
}

/// The rows of a table, an answer each, and the rows left out with why.
std::vector<Prediction> predictRows(const std::string &file, const PicturePreparer &preparer, Predictor &predictor, const Shape &sampleShape)
{
    std::vector<std::string> leftOut;
    const Result<Batch> batch = preparer.prepare(file, &leftOut);
    if (!batch)
        return {{file, batch.error().text, {}}};
    std::vector<Prediction> predictions;
    if (batch->count > 0) {
        const Result<std::vector<float>> probabilities = predictor.probabilities(*batch, sampleShape);
        if (!probabilities)
            return {{file, probabilities.error().text, {}}};
        const std::size_t classes = probabilities->size() / static_cast<std::size_t>(batch->count);
        for (std::size_t row = 0; row < batch->samples.size(); ++row) {
            const auto first = probabilities->begin() + static_cast<std::ptrdiff_t>(row * classes);
            predictions.push_back({file + ":" + std::to_string(batch->samples[row]), {}, {first, first + static_cast<std::ptrdiff_t>(classes)}});
        }
    }
    for (std::string &cause : leftOut)
        predictions.push_back({file, std::move(cause), {}});
    return predictions;
}

void predict(Prediction &prediction, const PicturePreparer &preparer, Predictor &predictor, const Shape &sampleShape)
{
    const Result<Batch> batch = preparer.prepare(prediction.file);
    if (!batch) {
        prediction.error = batch.error().text;
        return;
    }
    if (std::int64_t(batch->values.size()) != sampleShape.elementsPerSample()) {
        prediction.error = "'" + prediction.file + "' has another shape after the transforms than the network takes ("
            + sampleShape.toString() + "): train with a Resize to a fixed height and width.";
        return;
    }
    const Result<std::vector<float>> probabilities = predictor.probabilities(*batch, sampleShape);
    if (!probabilities)
        prediction.error = probabilities.error().text;
    else
        prediction.probabilities.assign(probabilities->begin(), probabilities->end());
}

} // namespace

Result<std::vector<Prediction>> predictFiles(const NodeRegistry &registry, const FinishedRun &run,
    const std::vector<std::string> &filesAndFolders, const std::function<void(const Prediction &)> &each)
{
    try {
        const auto preparer = PicturePreparer::make(run.project.graph, registry, run.facts);
        if (!preparer)
            return preparer.error();
        const auto predictor = Predictor::load(registry, run.project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        const Shape sampleShape = (*preparer)->sampleShape();
        std::vector<Prediction> predictions;
        for (Prediction &listed : listFiles(filesAndFolders)) {
            std::vector<Prediction> answers;
            if (listed.error.empty() && !run.facts.columns.empty()) {
                answers = predictRows(listed.file, **preparer, **predictor, sampleShape);
            } else {
                if (listed.error.empty())
                    predict(listed, **preparer, **predictor, sampleShape);
                answers.push_back(std::move(listed));
            }
            for (Prediction &answer : answers) {
                if (each)
                    each(answer);
                predictions.push_back(std::move(answer));
            }
        }
        return predictions;
    } catch (const std::exception &error) {
        return Error{std::string("The prediction ended early: ") + error.what()};
    }
}

} // namespace netloom
