// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_history.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace netloom {

namespace {

using Json = nlohmann::json;

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

double numberOf(const Json &json)
{
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Json passJson(const PassResult &pass)
{
    Json json{{"samples", pass.samples}, {"loss", number(pass.loss)}, {"accuracy", number(pass.accuracy)}, {"seconds", number(pass.seconds)}};
    if (const auto &numbers = pass.numbers)
        json["numbers"] = {number(numbers->r2), number(numbers->mae), number(numbers->rmse)};
    if (const auto &labels = pass.labels)
        json["labels"] = {labels->exactMatch, labels->hammingLoss, labels->macro.precision, labels->macro.recall, labels->macro.f1, labels->micro.precision,
            labels->micro.recall, labels->micro.f1, labels->weighted.precision, labels->weighted.recall, labels->weighted.f1};
    return json;
}

PassResult passOf(const Json &json)
{
    PassResult pass;
    json.at("samples").get_to(pass.samples);
    pass.loss = numberOf(json.at("loss"));
    pass.accuracy = numberOf(json.at("accuracy"));
    pass.seconds = numberOf(json.at("seconds"));
    if (const auto numbers = json.find("numbers"); numbers != json.end())
        pass.numbers = NumberScores{numberOf(numbers->at(0)), numberOf(numbers->at(1)), numberOf(numbers->at(2))};
    if (const auto labels = json.find("labels"); labels != json.end()) {
        const auto at = [&](std::size_t place) { return numberOf(labels->at(place)); };
        pass.labels = LabelScores{at(0), at(1), {at(2), at(3), at(4)}, {at(5), at(6), at(7)}, {at(8), at(9), at(10)}};
    }
    return pass;
}

Json tallyJson(const LabelTally &tally)
{
    Json json{{"samples", tally.samples}, {"exact", tally.exact}, {"labels", Json::array()}};
    for (const LabelCounts &counts : tally.labels)
        json["labels"].push_back({counts.hits, counts.falseAlarms, counts.misses, counts.rest});
    return json;
}

LabelTally tallyOf(const Json &json)
{
    LabelTally tally;
    json.at("samples").get_to(tally.samples);
    json.at("exact").get_to(tally.exact);
    for (const Json &counts : json.at("labels"))
        tally.labels.push_back({counts.at(0), counts.at(1), counts.at(2), counts.at(3)});
    return tally;
}

Json epochJson(const EpochDone &epoch)
{
    Json json{{"epoch", epoch.epoch}, {"train", passJson(epoch.train)}, {"best", epoch.best}, {"lr", number(epoch.lr)}};
    if (epoch.waited > 0)
        json["waited"] = epoch.waited;
    if (epoch.averaged > 0)
        json["averaged"] = epoch.averaged;
    if (epoch.val)
        json["val"] = passJson(*epoch.val);
    if (epoch.confusion.classes > 0)
        json["confusion"] = {{"classes", epoch.confusion.classes}, {"counts", epoch.confusion.counts}};
    if (!epoch.labels.empty())
        json["labels"] = tallyJson(epoch.labels);
    for (const Estimate &estimate : epoch.estimates)
        json["estimates"].push_back({number(estimate.truth), number(estimate.predicted)});
    return json;
}

EpochDone epochOf(const Json &json)
{
    EpochDone epoch;
    json.at("epoch").get_to(epoch.epoch);
    json.at("best").get_to(epoch.best);
    epoch.lr = numberOf(json.at("lr"));
    epoch.waited = json.value("waited", std::int64_t{0});
    epoch.averaged = json.value("averaged", std::int64_t{0});
    epoch.train = passOf(json.at("train"));
    if (const auto val = json.find("val"); val != json.end())
        epoch.val = passOf(*val);
    if (const auto confusion = json.find("confusion"); confusion != json.end()) {
        confusion->at("classes").get_to(epoch.confusion.classes);
        confusion->at("counts").get_to(epoch.confusion.counts);
    }
    if (const auto labels = json.find("labels"); labels != json.end())
        epoch.labels = tallyOf(*labels);
    for (const Json &estimate : json.value("estimates", Json::array()))
        epoch.estimates.push_back({numberOf(estimate.at(0)), numberOf(estimate.at(1))});
    return epoch;
}

Json resumptionJson(const Resumption &resumption)
{
    Json json{{"at", resumption.at}, {"epoch", resumption.epoch}, {"batch", resumption.batch}};
    if (resumption.dataChanged)
        json["data_changed"] = true;
    return json;
}

} // namespace

std::string historyText(const RunRecord &record)
{
    Json json{{"started", record.startedAt}, {"epochs", Json::array()}, {"lr_changes", Json::array()}, {"resumed", Json::array()}};
    for (const EpochDone &epoch : record.epochs)
        json["epochs"].push_back(epochJson(epoch));
    for (const LearningRateChanged &change : record.lrChanges)
        json["lr_changes"].push_back({{"lr", number(change.lr)}, {"epoch", change.epoch}, {"batch", change.batch}});
    for (const Resumption &resumption : record.resumptions)
        json["resumed"].push_back(resumptionJson(resumption));
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Done> readHistory(const std::string &text, RunRecord &record)
{
    try {
        const Json json = Json::parse(text);
        json.at("started").get_to(record.startedAt);
        for (const Json &epoch : json.at("epochs"))
            record.epochs.push_back(epochOf(epoch));
        for (const Json &change : json.at("lr_changes"))
            record.lrChanges.push_back({numberOf(change.at("lr")), change.at("epoch"), change.at("batch")});
        for (const Json &one : json.at("resumed"))
            record.resumptions.push_back({one.at("at"), one.at("epoch"), one.at("batch"), one.value("data_changed", false)});
        return Done{};
    } catch (const Json::exception &) {
        return Error{"what the checkpoint tells about the epochs before it is damaged"};
    }
}

} // namespace netloom
