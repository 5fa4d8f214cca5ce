// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "progress.h"
#include "project_input.h"
#include "run/evaluation_report.h"
#include "run/number_text.h"
#include "run/registry.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::ordered_json;
using enum TextTable::Align;

constexpr std::int64_t kMaxMatrixClasses = 30;
constexpr std::size_t kMistakes = 50;     ///< with --json
constexpr std::size_t kShownMistakes = 5; ///< to people

struct EvalOptions {
    std::string folder;
    std::string data;
    std::string split = "test";
    std::string report;
    bool json = false;
};

std::string shareText(double share)
{
    return std::isfinite(share) ? fixedText(share, 4) : "–";
}

std::string figuresTable(const Evaluation &evaluation)
{
    TextTable table({{"score"}, {"", Right}});
    for (const auto &[name, text] : evaluationFigures(evaluation))
        table.addRow({name, text});
    return table.text();
}

std::string scoresTable(const Evaluation &evaluation)
{
    TextTable table({{"class"}, {"precision", Right}, {"recall", Right}, {"F1", Right}, {"ROC AUC", Right}, {"avg. precision", Right}, {"support", Right}});
    for (const auto &[score, rates, other, count] : classRows(evaluation))
        table.addRow({score.name, percentText(score.precision), percentText(score.recall), percentText(score.f1), shareText(rates.auc),
            shareText(rates.averagePrecision), commaText(score.support)});
    return table.text();
}

std::string labelsTable(const Evaluation &evaluation)
{
    TextTable table({{"label"}, {"there, said", Right}, {"not there, said", Right}, {"there, not said", Right}, {"neither", Right}, {"precision", Right}, {"recall", Right},
        {"F1", Right}, {"ROC AUC", Right}, {"avg. precision", Right}});
    for (const auto &[score, counts, rates] : labelRows(evaluation, evaluation.tally))
        table.addRow({score.name, commaText(counts.hits), commaText(counts.falseAlarms), commaText(counts.misses), commaText(counts.rest), percentText(score.precision),
            percentText(score.recall), percentText(score.f1), shareText(rates.auc), shareText(rates.averagePrecision)});
    return table.text();
}

std::string matrixTable(const Evaluation &evaluation)
{
    const ConfusionMatrix &confusion = evaluation.confusion;
    std::vector<TextTable::Column> columns{{"truth \\ predicted"}};
    for (std::int64_t label = 0; label < confusion.classes; ++label)
        columns.push_back({printable(evaluation.classNames[std::size_t(label)]), Right});
    TextTable table(std::move(columns));
    for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
        std::vector<std::string> row{evaluation.classNames[std::size_t(truth)]};
        for (std::int64_t predicted = 0; predicted < confusion.classes; ++predicted)
            row.push_back(std::to_string(confusion.at(truth, predicted)));
        table.addRow(std::move(row));
    }
    return table.text();
}

/// The most confident mistakes; "" where there are none.
std::string mistakesTable(const Evaluation &evaluation)
{
    const auto rows = confidentMistakes(evaluation, kShownMistakes);
    if (evaluation.severalLabels()) {
        TextTable table({{"most confident mistakes"}, {"labels"}, {"said"}});
        for (const std::size_t row : rows)
            table.addRow({evaluation.source->name(evaluation.labels.samples()[row]), labelsText(trueLabels(evaluation.labels, row), evaluation.classNames),
                labelsText(saidLabels(evaluation.labels, row), evaluation.classNames)});
        return rows.empty() ? std::string() : table.text();
    }
    TextTable table({{"most confident mistakes"}, {"truth"}, {"taken for"}, {"", Right}});
    for (const std::size_t row : rows) {
        const JudgedSample &judged = evaluation.scores.samples()[row];
        table.addRow({evaluation.source->name(judged.sample), evaluation.classNames[std::size_t(judged.truth)],
            evaluation.classNames[std::size_t(judged.guess)], percentText(judged.confidence)});
    }
    return rows.empty() ? std::string() : table.text();
}

Json averagesJson(const AveragedScores &scores)
{
    return {{"precision", scores.precision}, {"recall", scores.recall}, {"f1", scores.f1}};
}

void addScores(Json &event, const Evaluation &evaluation)
{
    const ClassificationScores &scores = evaluation.classification;
    const ProbabilityScores &probability = evaluation.probability;
    event["macro"] = averagesJson(scores.macro);
    event["micro"] = averagesJson(scores.micro);
    event["weighted"] = averagesJson(scores.weighted);
    event["kappa"] = jsonNumber(scores.kappa);
    event["mcc"] = jsonNumber(scores.mcc);
    event["log_loss"] = jsonNumber(probability.logLoss);
    if (probability.k > 0)
        event["top_" + std::to_string(probability.k) + "_accuracy"] = probability.topAccuracy;
    event["roc_auc_macro"] = jsonNumber(probability.macroAuc);
    event["average_precision_macro"] = jsonNumber(probability.macroAveragePrecision);
    event["ece"] = probability.calibration.error;
    event["calibration"] = Json::array();
    for (const CalibrationBin &bin : probability.calibration.bins)
        event["calibration"].push_back({{"low", bin.low}, {"high", bin.high}, {"count", bin.count}, {"confidence", bin.confidence}, {"accuracy", bin.accuracy}});
}

void addMistakes(Json &event, const Evaluation &evaluation)
{
    event["mistakes"] = Json::array();
    for (const std::size_t row : confidentMistakes(evaluation, kMistakes)) {
        const JudgedSample &judged = evaluation.scores.samples()[row];
        event["mistakes"].push_back({{"sample", evaluation.source->name(judged.sample)}, {"truth", evaluation.classNames[std::size_t(judged.truth)]},
            {"answer", evaluation.classNames[std::size_t(judged.guess)]}, {"probability", jsonNumber(judged.confidence)}});
    }
}

void addClasses(Json &event, const Evaluation &evaluation)
{
    Json classes = Json::array();
    for (const auto &[score, rates, other, count] : classRows(evaluation))
        classes.push_back({{"name", score.name}, {"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}, {"support", score.support},
            {"roc_auc", jsonNumber(rates.auc)}, {"average_precision", jsonNumber(rates.averagePrecision)}});
    Json rows = Json::array();
    for (std::int64_t truth = 0; truth < evaluation.confusion.classes; ++truth) {
        Json row = Json::array();
        for (std::int64_t predicted = 0; predicted < evaluation.confusion.classes; ++predicted)
            row.push_back(evaluation.confusion.at(truth, predicted));
        rows.push_back(std::move(row));
    }
    event["classes"] = std::move(classes);
    event["confusion"] = std::move(rows);
    addScores(event, evaluation);
    addMistakes(event, evaluation);
}

Json namesJson(const std::vector<std::int32_t> &labels, const Evaluation &evaluation)
{
    Json names = Json::array();
    for (const std::int32_t label : labels)
        names.push_back(evaluation.classNames.at(std::size_t(label)));
    return names;
}

void addLabels(Json &event, const Evaluation &evaluation)
{
    const LabelScores &scores = evaluation.labelScores;
    event["hamming_loss"] = jsonNumber(scores.hammingLoss);
    event["labels"] = Json::array();
    for (const auto &[score, counts, rates] : labelRows(evaluation, evaluation.tally))
        event["labels"].push_back({{"name", score.name}, {"hits", counts.hits}, {"false_alarms", counts.falseAlarms}, {"misses", counts.misses}, {"rest", counts.rest},
            {"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}, {"support", score.support}, {"roc_auc", jsonNumber(rates.auc)},
            {"average_precision", jsonNumber(rates.averagePrecision)}});
    event["macro"] = averagesJson(scores.macro);
    event["micro"] = averagesJson(scores.micro);
    event["weighted"] = averagesJson(scores.weighted);
    event["roc_auc_macro"] = jsonNumber(evaluation.labelProbability.macroAuc);
    event["average_precision_macro"] = jsonNumber(evaluation.labelProbability.macroAveragePrecision);
    event["ece"] = evaluation.labelProbability.calibration.error;
    event["mistakes"] = Json::array();
    for (const std::size_t row : confidentMistakes(evaluation, kMistakes))
        event["mistakes"].push_back({{"sample", evaluation.source->name(evaluation.labels.samples()[row])}, {"truth", namesJson(trueLabels(evaluation.labels, row), evaluation)},
            {"answer", namesJson(saidLabels(evaluation.labels, row), evaluation)}});
}

void addNumbers(Json &event, const Evaluation &evaluation)
{
    event["estimates"] = Json::array();
    for (const Estimate &estimate : evaluation.estimates)
        event["estimates"].push_back({{"truth", jsonNumber(estimate.truth)}, {"predicted", jsonNumber(estimate.predicted)}});
}

/// What is known of one head.
void addHead(Json &event, const Evaluation &evaluation, const std::string &split)
{
    if (const auto &numbers = evaluation.result.numbers) {
        event[split + "_r2"] = jsonNumber(numbers->r2);
        event[split + "_mae"] = jsonNumber(numbers->mae);
        event[split + "_rmse"] = jsonNumber(numbers->rmse);
    } else {
        event[split + "_accuracy"] = jsonNumber(evaluation.result.accuracy);
    }
    event[split + "_loss"] = jsonNumber(evaluation.result.loss);
    if (evaluation.learnsNumber())
        addNumbers(event, evaluation);
    else if (evaluation.severalLabels())
        addLabels(event, evaluation);
    else
        addClasses(event, evaluation);
}

/// The main head's scores, and where there are several those of each.
void printForPrograms(const std::vector<Evaluation> &heads, const std::string &split)
{
    const Evaluation &main = heads.front();
    Json event{{"event", "end"}, {"split", split}, {"samples", main.result.samples}, {"images_per_second", jsonNumber(main.result.imagesPerSecond())}};
    addHead(event, main, split);
    for (const Evaluation &head : heads) {
        if (heads.size() == 1)
            break;
        Json one{{"name", head.head}};
        addHead(one, head, split);
        event["heads"].push_back(std::move(one));
    }
    event["unreadable"] = main.unreadable;
    printEvent(event);
}

/// @p samples: "pictures" or "rows".
void printForPeople(const Evaluation &evaluation, const std::string &split, const std::string &samples)
{
    if (const auto &numbers = evaluation.result.numbers) {
        std::cout << split << " R² " << r2Text(numbers->r2) << ", MAE " << figureText(numbers->mae) << ", RMSE " << figureText(numbers->rmse)
                  << ", loss " << fixedText(evaluation.result.loss, 4) << ", " << commaText(evaluation.result.samples) << ' ' << samples << '\n';
        return;
    }
    if (evaluation.severalLabels()) {
        std::cout << split << " exact match " << percentText(evaluation.labelScores.exactMatch, 2) << ", Hamming loss " << fixedText(evaluation.labelScores.hammingLoss, 4) << ", loss "
                  << fixedText(evaluation.result.loss, 4) << ", " << commaText(evaluation.result.samples) << ' ' << samples << "\n\n"
                  << figuresTable(evaluation) << '\n' << labelsTable(evaluation) << '\n' << mistakesTable(evaluation);
        return;
    }
    std::cout << split << " accuracy " << percentText(evaluation.result.accuracy, 2) << ", loss " << fixedText(evaluation.result.loss, 4)
              << ", " << commaText(evaluation.result.samples) << ' ' << samples << "\n\n"
              << figuresTable(evaluation) << '\n' << scoresTable(evaluation) << '\n';
    if (evaluation.confusion.classes <= kMaxMatrixClasses)
        std::cout << matrixTable(evaluation);
    else
        std::cout << "The confusion matrix of " << evaluation.confusion.classes << " classes is too wide for here: --json gives it.\n";
    std::cout << '\n' << mistakesTable(evaluation);
}

int evaluate(const EvalOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    const Result<FinishedRun> run = FinishedRun::load(registry, options.folder);
    if (!run)
        return reportFailure(run.error().text, options.json);
    ProgressBar bar;
    const auto progress = [&bar](std::int64_t done, std::int64_t total) {
        bar.update("evaluating", done, total, "");
        return true;
    };
    const std::string data = options.data.empty() ? "" : absolutePath(options.data);
    const Result<std::vector<Evaluation>> heads = evaluateHeads(registry, *run, *splitFromString(options.split), data, progress);
    bar.clear();
    if (!heads)
        return reportFailure(heads.error().text, options.json);
    printSentences(heads->front().unreadable);
    if (!options.report.empty()) {
        const std::string name = std::filesystem::path(absolutePath(options.folder)).lexically_normal().filename().string();
        if (const auto written = writeFileAtomically(absolutePath(options.report), evaluationHtml(*heads, name)); !written)
            return reportFailure(written.error().text, options.json);
    }
    if (options.json)
        printForPrograms(*heads, options.split);
    for (const Evaluation &head : *heads) {
        if (options.json)
            break;
        if (heads->size() > 1)
            std::cout << (&head == &heads->front() ? "" : "\n") << "Head " << printable(head.head) << (&head == &heads->front() ? ", which predicts: " : ": ");
        printForPeople(head, options.split, head.samplesWord());
    }
    return kDone;
}

} // namespace

void addEvalCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<EvalOptions>();
    CLI::App *command = app.add_subcommand("eval", "Evaluate a trained run: its scores, those of each class, confusion matrix and mistakes, or how near its numbers come");
    command->add_option("RUN_DIR", options->folder, "The folder that training wrote")->required();
    command->add_option("--data", options->data, "Folder with other data of the same classes, or another table")->type_name("PATH");
    command->add_option("--split", options->split, "Which part of the data")->check(CLI::IsMember({"train", "val", "test"}))->capture_default_str();
    command->add_option("--report", options->report, "Write a page with all scores, curves and mistakes (HTML; the window writes PDF as well)")->type_name("FILE");
    command->add_flag("--json", options->json, "One JSON object a line on standard output");
    command->footer("Examples:\n  netloom-cli eval runs/first\n  netloom-cli eval runs/first --split val --json\n  netloom-cli eval runs/first --report first.html");
    command->callback([options, &action] { action = [options] { return evaluate(*options); }; });
}

} // namespace netloom::cli
