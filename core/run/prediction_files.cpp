// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/word_list.h"
#include "run/number_text.h"
#include "run/prediction.h"
#include "runs/csv_field.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace netloom {

namespace {

using Json = nlohmann::ordered_json;

std::string answerOf(const Prediction &prediction, const SourceFacts &facts, double threshold)
{
    const auto best = prediction.bestLabels(1, threshold);
    return best.empty() || best[0] >= facts.classNames.size() ? std::string() : facts.classNames[best[0]];
}

/// In the data's order.
std::vector<std::string> labelsOf(const Prediction &prediction, const SourceFacts &facts, double threshold)
{
    std::vector<std::size_t> labels = prediction.labelsFrom(threshold);
    std::ranges::sort(labels);
    std::vector<std::string> names;
    for (const std::size_t label : labels)
        names.push_back(facts.classNames.at(label));
    return names;
}

std::string numberName(const SourceFacts &facts)
{
    return facts.targetName.empty() ? "number" : facts.targetName;
}

Json finite(double number)
{
    return std::isfinite(number) ? Json(number) : Json();
}

} // namespace

std::string predictionsCsv(const std::vector<Prediction> &predictions, const SourceFacts &facts, double threshold)
{
    std::string text = "file,";
    if (facts.learnsNumber) {
        text += csvField(numberName(facts));
    } else {
        text += facts.severalLabels ? "labels" : "answer,probability";
        for (const std::string &name : facts.classNames)
            text += "," + csvField(name);
    }
    text += ",error\n";
    for (const Prediction &prediction : predictions) {
        text += csvField(prediction.file) + ",";
        if (facts.learnsNumber) {
            text += prediction.number ? shortest(*prediction.number) : std::string();
        } else {
            const auto best = prediction.bestLabels(1, threshold);
            if (facts.severalLabels)
                text += csvField(joined(labelsOf(prediction, facts, threshold), ";"));
            else
                text += csvField(answerOf(prediction, facts, threshold)) + "," + (best.empty() ? std::string() : shortest(prediction.probabilities[best[0]]));
            for (std::size_t label = 0; label < facts.classNames.size(); ++label)
                text += "," + (label < prediction.probabilities.size() ? shortest(prediction.probabilities[label]) : std::string());
        }
        text += "," + csvField(prediction.error) + "\n";
    }
    return text;
}

std::string predictionsJson(const std::vector<Prediction> &predictions, const SourceFacts &facts, double threshold)
{
    Json all = Json::array();
    for (const Prediction &prediction : predictions) {
        Json one{{"file", prediction.file}};
        if (!prediction.error.empty()) {
            one["error"] = prediction.error;
        } else if (prediction.number) {
            one[numberName(facts)] = finite(*prediction.number);
        } else {
            if (facts.severalLabels)
                one["labels"] = labelsOf(prediction, facts, threshold);
            else
                one["answer"] = answerOf(prediction, facts, threshold);
            for (std::size_t label = 0; label < prediction.probabilities.size() && label < facts.classNames.size(); ++label)
                one["probabilities"][facts.classNames[label]] = finite(prediction.probabilities[label]);
        }
        all.push_back(std::move(one));
    }
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace netloom
