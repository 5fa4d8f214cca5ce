// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "progress.h"
#include "project_input.h"
#include "run/number_text.h"
#include "run/registry.h"
#include "run/training_run.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::ordered_json;
using enum TextTable::Align;

constexpr std::int64_t kMaxMatrixClasses = 30;

struct EvalOptions {
    std::string folder;
    std::string data;
    std::string split = "test";
    bool json = false;
};

std::string scoresTable(const Evaluation &evaluation)
{
    TextTable table({{"class"}, {"precision", Right}, {"recall", Right}, {"F1", Right}, {"support", Right}});
    for (const ClassScore &score : classScores(evaluation.confusion, evaluation.classNames))
        table.addRow({score.name, percentText(score.precision), percentText(score.recall), percentText(score.f1), commaText(score.support)});
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

void addClasses(Json &event, const Evaluation &evaluation)
{
    Json classes = Json::array();
    for (const ClassScore &score : classScores(evaluation.confusion, evaluation.classNames))
        classes.push_back({{"name", score.name}, {"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}, {"support", score.support}});
    Json rows = Json::array();
    for (std::int64_t truth = 0; truth < evaluation.confusion.classes; ++truth) {
        Json row = Json::array();
        for (std::int64_t predicted = 0; predicted < evaluation.confusion.classes; ++predicted)
            row.push_back(evaluation.confusion.at(truth, predicted));
        rows.push_back(std::move(row));
    }
    event["classes"] = std::move(classes);
    event["confusion"] = std::move(rows);
}

void addNumbers(Json &event, const Evaluation &evaluation)
{
    event["estimates"] = Json::array();
    for (const Estimate &estimate : evaluation.estimates)
        event["estimates"].push_back({{"truth", jsonNumber(estimate.truth)}, {"predicted", jsonNumber(estimate.predicted)}});
}

void printForPrograms(const Evaluation &evaluation, const std::string &split)
{
    Json event{{"event", "end"}, {"split", split}};
    if (const auto &numbers = evaluation.result.numbers) {
        event[split + "_r2"] = jsonNumber(numbers->r2);
        event[split + "_mae"] = jsonNumber(numbers->mae);
        event[split + "_rmse"] = jsonNumber(numbers->rmse);
    } else {
        event[split + "_accuracy"] = jsonNumber(evaluation.result.accuracy);
    }
    event[split + "_loss"] = jsonNumber(evaluation.result.loss);
    event["samples"] = evaluation.result.samples;
    event["images_per_second"] = jsonNumber(evaluation.result.imagesPerSecond());
    if (evaluation.result.numbers)
        addNumbers(event, evaluation);
    else
        addClasses(event, evaluation);
    event["unreadable"] = evaluation.unreadable;
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
    std::cout << split << " accuracy " << percentText(evaluation.result.accuracy, 2) << ", loss " << fixedText(evaluation.result.loss, 4)
              << ", " << commaText(evaluation.result.samples) << ' ' << samples << "\n\n"
              << scoresTable(evaluation) << '\n';
    if (evaluation.confusion.classes <= kMaxMatrixClasses)
        std::cout << matrixTable(evaluation);
    else
        std::cout << "The confusion matrix of " << evaluation.confusion.classes << " classes is too wide for here: --json gives it.\n";
}

int evaluate(const EvalOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    const Result<FinishedRun> run = FinishedRun::load(registry, options.folder);
    if (!run)
        return reportFailure(run.error().text, options.json);
    ProgressBar bar;
    const auto progress = [&bar](std::int64_t done, std::int64_t total) { bar.update("evaluating", done, total, ""); };
    const std::string data = options.data.empty() ? "" : absolutePath(options.data);
    const Result<Evaluation> evaluation = evaluateRun(registry, *run, *splitFromString(options.split), data, progress);
    bar.clear();
    if (!evaluation)
        return reportFailure(evaluation.error().text, options.json);
    printSentences(evaluation->unreadable);
    if (options.json)
        printForPrograms(*evaluation, options.split);
    else
        printForPeople(*evaluation, options.split, run->facts.columns.empty() ? "pictures" : "rows");
    return kDone;
}

} // namespace

void addEvalCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<EvalOptions>();
    CLI::App *command = app.add_subcommand("eval", "Evaluate a trained run: accuracy, scores for each class and confusion matrix, or how near its numbers come");
    command->add_option("RUN_DIR", options->folder, "The folder that training wrote")->required();
    command->add_option("--data", options->data, "Folder with other data of the same classes")->type_name("PATH");
    command->add_option("--split", options->split, "Which part of the data")->check(CLI::IsMember({"train", "val", "test"}))->capture_default_str();
    command->add_flag("--json", options->json, "One JSON object a line on standard output");
    command->footer("Examples:\n  netloom-cli eval runs/first\n  netloom-cli eval runs/first --split val --json");
    command->callback([options, &action] { action = [options] { return evaluate(*options); }; });
}

} // namespace netloom::cli
