// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_history.h"

#include "project/json_text.h"

#include <cmath>
#include <limits>

namespace netloom {

namespace {

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

double numberOf(const Json &json)
{
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Error damaged()
{
    return {"what the checkpoint tells about the epochs before it is damaged"};
}

/// A count, an epoch or a place; throws where it is none, for sums and products are made of it.
std::int64_t wholeOf(const Json &json)
{
    constexpr std::int64_t kMost = 1'000'000'000'000;
    if (!json.is_number_integer() || json < 0 || json > kMost)
        throw damaged();
    return json.get<std::int64_t>();
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
    pass.samples = wholeOf(json.at("samples"));
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
    tally.samples = wholeOf(json.at("samples"));
    tally.exact = wholeOf(json.at("exact"));
    for (const Json &counts : json.at("labels"))
        tally.labels.push_back({wholeOf(counts.at(0)), wholeOf(counts.at(1)), wholeOf(counts.at(2)), wholeOf(counts.at(3))});
    return tally;
}

/// Throws where there isn't a count for each pair of classes.
ConfusionMatrix confusionOf(const Json &json)
{
    ConfusionMatrix confusion;
    confusion.classes = wholeOf(json.at("classes"));
    for (const Json &count : json.at("counts"))
        confusion.counts.push_back(wholeOf(count));
    const auto have = static_cast<std::int64_t>(confusion.counts.size());
    if (confusion.classes > have || confusion.classes * confusion.classes != have)
        throw damaged();
    return confusion;
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
    epoch.epoch = wholeOf(json.at("epoch"));
    json.at("best").get_to(epoch.best);
    epoch.lr = numberOf(json.at("lr"));
    epoch.waited = wholeOf(json.value("waited", Json(0)));
    epoch.averaged = wholeOf(json.value("averaged", Json(0)));
    epoch.train = passOf(json.at("train"));
    if (const auto val = json.find("val"); val != json.end())
        epoch.val = passOf(*val);
    if (const auto confusion = json.find("confusion"); confusion != json.end())
        epoch.confusion = confusionOf(*confusion);
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
    const Result<Json> json = parseJson(text);
    if (!json)
        return damaged();
    try {
        json->at("started").get_to(record.startedAt);
        for (const Json &epoch : json->at("epochs"))
            record.epochs.push_back(epochOf(epoch));
        for (const Json &change : json->at("lr_changes"))
            record.lrChanges.push_back({numberOf(change.at("lr")), wholeOf(change.at("epoch")), wholeOf(change.at("batch"))});
        for (const Json &one : json->at("resumed"))
            record.resumptions.push_back({one.at("at"), wholeOf(one.at("epoch")), wholeOf(one.at("batch")), one.value("data_changed", false)});
        return Done{};
    } catch (const Json::exception &) {
        return damaged();
    } catch (const Error &error) {
        return error;
    }
}

} // namespace netloom
