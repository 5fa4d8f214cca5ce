// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_json.h"

#include "project/json_text.h"
#include "run/columns_json.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr int kFormatVersion = 1;

/// Numbers that JSON has no word for become null.
Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json sizeOrNull(std::int64_t size)
{
    return size >= 0 ? Json(size) : Json();
}

Json passJson(const PassResult &result)
{
    Json json{{"samples", result.samples}, {"loss", number(result.loss)}};
    if (const auto &numbers = result.numbers)
        json.update({{"r2", number(numbers->r2)}, {"mae", number(numbers->mae)}, {"rmse", number(numbers->rmse)}});
    else
        json["accuracy"] = number(result.accuracy);
    if (const auto &labels = result.labels)
        json.update({{"hamming_loss", number(labels->hammingLoss)}, {"macro_f1", number(labels->macro.f1)}, {"micro_f1", number(labels->micro.f1)}});
    json["seconds"] = number(result.seconds);
    return json;
}

Json dataJson(const SourceFacts &facts)
{
    Json counts = Json::object();
    for (const auto &[split, perClass] : facts.counts)
        counts[split] = perClass;
    Json json{{"classes", facts.classNames}, {"channels", sizeOrNull(facts.channels)}, {"height", sizeOrNull(facts.height)},
        {"width", sizeOrNull(facts.width)}, {"counts", counts}, {"warnings", facts.warnings}};
    if (!facts.columns.empty())
        json["columns"] = columnsJson(facts.columns);
    if (!facts.targetName.empty())
        json["target"] = facts.targetName;
    if (facts.severalLabels)
        json["label_sets"] = facts.samples;
    if (facts.learnsNumber)
        json["number"] = {{"mean", facts.targetMean}, {"deviation", facts.targetDeviation}};
    return json;
}

/// A finite number, or nothing.
std::optional<double> readNumber(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_number() && std::isfinite(found->get<double>()) ? std::optional(found->get<double>()) : std::nullopt;
}

/// Whether sums may be made of it.
bool isCount(const Json &number)
{
    constexpr std::int64_t kMost = 1'000'000'000'000;
    return number.is_number_integer() && number >= 0 && number <= kMost;
}

/// Names in an array; nothing where it is something else.
std::optional<std::vector<std::string>> readNames(const Json &names)
{
    if (!names.is_array() || !std::ranges::all_of(names, [](const Json &name) { return name.is_string(); }))
        return std::nullopt;
    return names.get<std::vector<std::string>>();
}

/// What is learned, where it isn't classes alone.
std::optional<Error> readTarget(const Json &data, SourceFacts &facts)
{
    if (const auto target = data.find("target"); target != data.end() && target->is_string())
        facts.targetName = target->get<std::string>();
    if (const auto samples = data.find("label_sets"); samples != data.end() && samples->is_object()) {
        facts.severalLabels = true;
        for (const auto &[split, count] : samples->items())
            facts.samples[split] = isCount(count) ? count.get<std::int64_t>() : 0;
    }
    const auto found = data.find("number");
    if (found == data.end())
        return std::nullopt;
    const auto mean = found->is_object() ? readNumber(*found, "mean") : std::nullopt;
    const auto deviation = found->is_object() ? readNumber(*found, "deviation") : std::nullopt;
    if (!mean || !deviation || *deviation <= 0)
        return Error{"the member \"data.number\" is damaged"};
    facts.learnsNumber = true;
    facts.targetMean = *mean;
    facts.targetDeviation = *deviation;
    return std::nullopt;
}

std::int64_t readSize(const Json &object, const char *member)
{
    const auto found = object.find(member);
    constexpr std::int64_t kLargest = 1'000'000;
    return found != object.end() && found->is_number_integer() && *found >= 0 && *found <= kLargest ? found->get<std::int64_t>() : Shape::kUnknown;
}

/// Samples per class of every split; a split whose list has another length than there are classes is left out.
std::map<std::string, std::vector<std::int64_t>> readCounts(const Json &data, std::size_t classes)
{
    std::map<std::string, std::vector<std::int64_t>> counts;
    const auto found = data.find("counts");
    if (found == data.end() || !found->is_object())
        return counts;
    for (const auto &[split, perClass] : found->items()) {
        if (perClass.is_array() && perClass.size() == classes && std::ranges::all_of(perClass, isCount))
            counts[split] = perClass.get<std::vector<std::int64_t>>();
    }
    return counts;
}

} // namespace

std::string runJson(const RunRecord &record)
{
    Json json{{"netloom_run", kFormatVersion}, {"status", record.status()}, {"title", record.title()}};
    json["project"] = record.projectFile.string();
    json["started"] = record.startedAt;
    json["ended"] = record.endedAt.empty() ? Json() : Json(record.endedAt);
    json["versions"] = {{"netloom", NETLOOM_VERSION}, {"libtorch", record.torch}};
    json["seed"] = record.project.recipe.integer("seed");
    if (record.started) {
        json["device"] = record.started->device;
        json["threads"] = record.started->threads;
        json["memory_format"] = record.started->memoryFormat;
        json["parameters"] = record.started->parameters;
        json["samples"] = {{"train", record.started->trainSamples}, {"val", record.started->valSamples},
            {"test", record.started->testSamples}};
    }
    for (const LearningRateChanged &change : record.lrChanges)
        json["lr_changes"].push_back({{"lr", number(change.lr)}, {"epoch", change.epoch}, {"batch", change.batch}});
    for (const Resumption &resumption : record.resumptions) {
        Json &one = json["resumed"].emplace_back(Json{{"at", resumption.at}, {"epoch", resumption.epoch}, {"batch", resumption.batch}});
        if (resumption.dataChanged)
            one["data_changed"] = true;
    }
    json["epochs"] = record.epochs.size();
    json["best_epoch"] = record.bestEpoch();
    json["stopped"] = record.finished && record.finished->stopped;
    if (record.finished && record.finished->stoppedEarly)
        json["stopped_early"] = true;
    json["test"] = record.finished && record.finished->test ? passJson(*record.finished->test) : Json();
    for (const HeadResult &head : record.finished ? record.finished->heads : std::vector<HeadResult>()) {
        Json one{{"name", head.name}};
        one.update(passJson(head.result));
        json["test_heads"].push_back(std::move(one));
    }
    json["failure"] = record.failure.empty() ? Json() : Json(record.failure);
    json["data"] = dataJson(record.facts);
    if (!record.dataPrint.empty())
        json["data"]["fingerprint"] = record.dataPrint;
    json["unreadable"] = record.unreadable;
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<SourceFacts> factsFromRunJson(const std::string &text)
{
    const Result<Json> json = parseJson(text);
    if (!json || !json->is_object() || !json->contains("netloom_run"))
        return Error{"it is no description of a run"};
    if (json->at("netloom_run") != kFormatVersion)
        return Error{"a newer version of Netloom wrote it: update Netloom to use the run"};
    const auto data = json->find("data");
    if (data == json->end() || !data->is_object())
        return Error{"the member \"data\" is missing"};
    const auto classes = data->find("classes");
    if (classes == data->end() || !classes->is_array())
        return Error{"the member \"data.classes\" is missing"};
    SourceFacts facts;
    const auto names = readNames(*classes);
    if (!names)
        return Error{"the member \"data.classes\" must hold names"};
    facts.classNames = *names;
    if (const auto wrong = readTarget(*data, facts))
        return *wrong;
    facts.known = true;
    facts.channels = readSize(*data, "channels");
    facts.height = readSize(*data, "height");
    facts.width = readSize(*data, "width");
    facts.counts = readCounts(*data, static_cast<std::size_t>(facts.outputCount()));
    if (const auto columns = data->find("columns"); columns != data->end() && columns->is_array())
        facts.columns = columnsFromJson(*columns);
    return facts;
}

} // namespace netloom
