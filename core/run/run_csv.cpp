// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_csv.h"

#include "run/number_text.h"
#include "runs/csv_field.h"

namespace netloom {

namespace {

/// No lr where nothing was learned.
std::string metricsRow(std::int64_t epoch, Split split, const PassResult &result, std::optional<double> lr = {})
{
    std::string row = std::to_string(epoch);
    row.append(",").append(toString(split));
    std::vector<std::string> fields{shortest(result.loss)};
    if (const auto &numbers = result.numbers)
        fields.insert(fields.end(), {shortest(numbers->r2), shortest(numbers->mae), shortest(numbers->rmse)});
    else
        fields.push_back(shortest(result.accuracy));
    if (const auto &labels = result.labels)
        fields.insert(fields.end(), {shortest(labels->hammingLoss), shortest(labels->macro.f1), shortest(labels->micro.f1)});
    fields.insert(fields.end(), {fixedText(result.seconds, 3), fixedText(result.imagesPerSecond(), 1), lr ? shortest(*lr) : std::string()});
    for (const std::string &field : fields)
        row.append(",").append(field);
    return row.append("\n");
}

} // namespace

std::string metricsCsv(const RunRecord &record)
{
    std::string text = std::string("epoch,split,loss,").append(record.facts.learnsNumber ? "r2,mae,rmse" : record.facts.severalLabels ? "accuracy,hamming_loss,macro_f1,micro_f1" : "accuracy").append(",seconds,images_per_second,lr\n");
    for (const EpochDone &epoch : record.epochs) {
        text += metricsRow(epoch.epoch, Split::Train, epoch.train, epoch.lr);
        if (epoch.val)
            text += metricsRow(epoch.epoch, Split::Val, *epoch.val);
    }
    if (record.finished && record.finished->test)
        text += metricsRow(record.finished->bestEpoch, Split::Test, *record.finished->test);
    return text;
}

std::string estimatesCsv(const std::vector<Estimate> &estimates)
{
    std::string text = "truth,predicted\n";
    for (const Estimate &estimate : estimates)
        text.append(shortest(estimate.truth)).append(",").append(shortest(estimate.predicted)).append("\n");
    return text;
}

std::string labelsCsv(const LabelTally &tally, const std::vector<std::string> &names)
{
    std::string text = "label,hits,false_alarms,misses,rest\n";
    for (std::size_t label = 0; label < tally.labels.size(); ++label) {
        const LabelCounts &counts = tally.labels[label];
        text += csvField(label < names.size() ? names[label] : std::to_string(label));
        for (const std::int64_t count : {counts.hits, counts.falseAlarms, counts.misses, counts.rest})
            text.append(",").append(std::to_string(count));
        text += "\n";
    }
    return text;
}

std::string confusionCsv(const ConfusionMatrix &confusion, const std::vector<std::string> &classNames)
{
    std::string text;
    for (std::int64_t label = 0; label < confusion.classes; ++label) {
        const auto index = static_cast<std::size_t>(label);
        text.append(label > 0 ? "," : "").append(csvField(index < classNames.size() ? classNames[index] : std::to_string(label)));
    }
    text += "\n";
    for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
        for (std::int64_t predicted = 0; predicted < confusion.classes; ++predicted)
            text.append(predicted > 0 ? "," : "").append(std::to_string(confusion.at(truth, predicted)));
        text += "\n";
    }
    return text;
}

} // namespace netloom
