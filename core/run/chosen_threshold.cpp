// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/chosen_threshold.h"

#include "metrics/label_scores.h"
#include "project/json_text.h"
#include "project/project.h"

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr char kThresholdFile[] = "threshold.json"; ///< in a run's folder

} // namespace

bool hasThreshold(const SourceFacts &facts)
{
    return facts.severalLabels || (!facts.learnsNumber && facts.classNames.size() == 2);
}

double chosenThreshold(const fs::path &folder)
{
    const Result<std::string> text = readFile(folder / kThresholdFile);
    const Result<Json> json = text ? parseJson(*text) : Result<Json>(text.error());
    if (!json || !json->is_object())
        return kUsualThreshold;
    const auto threshold = json->find("threshold");
    const bool fits = threshold != json->end() && threshold->is_number() && threshold->get<double>() >= 0 && threshold->get<double>() <= 1;
    return fits ? threshold->get<double>() : kUsualThreshold;
}

Result<Done> keepThreshold(const fs::path &folder, double threshold)
{
    if (threshold != kUsualThreshold)
        return writeFileAtomically(folder / kThresholdFile, inlineJson({{"threshold", threshold}}) + '\n');
    std::error_code error;
    fs::remove(folder / kThresholdFile, error);
    if (error)
        return Error{"'" + (folder / kThresholdFile).string() + "' can't be removed (" + error.message() + "): the run's answers keep to the threshold in it."};
    return Done{};
}

} // namespace netloom
