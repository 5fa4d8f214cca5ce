// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "project_input.h"
#include "run/chosen_threshold.h"
#include "run/number_text.h"
#include "run/prediction.h"
#include "run/registry.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::ordered_json;

struct PredictOptions {
    std::string folder;
    std::vector<std::string> files;
    std::size_t top = 3;
    std::optional<double> threshold; ///< from which probability on a label is there, or the second of two classes; the run's own by default
    std::string file; ///< for the answers; "" prints them
    bool csv = false;
    bool json = false;
};

std::string className(const std::vector<std::string> &names, std::size_t label)
{
    return label < names.size() ? names[label] : std::to_string(label);
}

/// Which labels are there, the most probable first, and the probability of every one.
void addLabels(Json &event, const Prediction &prediction, const std::vector<std::string> &names, double threshold)
{
    event["labels"] = Json::array();
    for (const std::size_t label : prediction.labelsFrom(threshold))
        event["labels"].push_back(className(names, label));
    for (std::size_t label = 0; label < prediction.probabilities.size(); ++label)
        event["probabilities"][className(names, label)] = jsonNumber(prediction.probabilities[label]);
}

void printForPrograms(const Prediction &prediction, const SourceFacts &facts, const PredictOptions &options, double threshold)
{
    const std::vector<std::string> &names = facts.classNames;
    if (!prediction.error.empty()) {
        printEvent({{"event", "prediction"}, {"file", prediction.file}, {"error", prediction.error}});
        return;
    }
    Json event{{"event", "prediction"}, {"file", prediction.file}};
    if (prediction.number) {
        event["value"] = jsonNumber(*prediction.number);
    } else if (facts.severalLabels) {
        addLabels(event, prediction, names, threshold);
    } else {
        event["classes"] = Json::array();
        for (const std::size_t label : prediction.bestLabels(options.top, threshold))
            event["classes"].push_back({{"name", className(names, label)}, {"probability", jsonNumber(prediction.probabilities[label])}});
    }
    printEvent(event);
}

std::string predictionTable(const std::vector<Prediction> &predictions, const std::vector<std::string> &names, std::size_t top, double threshold)
{
    std::vector<TextTable::Column> columns{{"file"}};
    const std::size_t ranks = std::min(top, std::max<std::size_t>(names.size(), 1));
    for (std::size_t rank = 1; rank <= ranks; ++rank) {
        columns.push_back({rank == 1 ? "class" : "or"});
        columns.push_back({"", TextTable::Align::Right});
    }
    TextTable table(std::move(columns));
    for (const Prediction &prediction : predictions) {
        std::vector<std::string> row{prediction.file};
        for (const std::size_t label : prediction.bestLabels(ranks, threshold)) {
            row.push_back(className(names, label));
            row.push_back(percentText(prediction.probabilities[label]));
        }
        if (prediction.error.empty())
            table.addRow(std::move(row));
    }
    return table.text();
}

std::string labelTable(const std::vector<Prediction> &predictions, const std::vector<std::string> &names, double threshold)
{
    TextTable table({{"file"}, {"labels"}});
    for (const Prediction &prediction : predictions) {
        std::string said;
        for (const std::size_t label : prediction.labelsFrom(threshold))
            said.append(said.empty() ? "" : ", ").append(className(names, label)).append(" ").append(percentText(prediction.probabilities[label]));
        if (prediction.error.empty())
            table.addRow({prediction.file, said.empty() ? "none" : said});
    }
    return table.text();
}

std::string numberTable(const std::vector<Prediction> &predictions, const std::string &name)
{
    TextTable table({{"file"}, {name.empty() ? "number" : printable(name), TextTable::Align::Right}});
    for (const Prediction &prediction : predictions) {
        if (prediction.number)
            table.addRow({prediction.file, figureText(*prediction.number)});
    }
    return table.text();
}

std::string answerTable(const std::vector<Prediction> &predictions, const SourceFacts &facts, const PredictOptions &options, double threshold)
{
    if (facts.learnsNumber)
        return numberTable(predictions, facts.targetName);
    return facts.severalLabels ? labelTable(predictions, facts.classNames, threshold)
                               : predictionTable(predictions, facts.classNames, options.top, threshold);
}

/// As the file's ending or --csv says.
std::string fileText(const PredictOptions &options, const std::vector<Prediction> &predictions, const SourceFacts &facts, double threshold)
{
    const bool json = !options.csv && (options.json || std::filesystem::path(options.file).extension() == ".json");
    return json ? predictionsJson(predictions, facts, threshold) : predictionsCsv(predictions, facts, threshold);
}

/// "" where all is well.
std::string writeAnswers(const PredictOptions &options, const std::vector<Prediction> &predictions, const SourceFacts &facts, double threshold)
{
    if (options.file.empty())
        return {};
    const auto written = writeFileAtomically(absolutePath(options.file), fileText(options, predictions, facts, threshold));
    return written ? std::string() : written.error().text;
}

/// Says that the answers keep to a threshold that this command wasn't given.
void sayThreshold(const FinishedRun &run)
{
    if (!hasThreshold(run.facts) || run.threshold == kUsualThreshold)
        return;
    std::cerr << (run.facts.severalLabels ? "A label is there" : "'" + printable(run.facts.classNames[1]) + "' is the answer") << " from a probability of "
              << figureText(run.threshold) << " on, as was chosen when the run was judged. --threshold 0.5 answers as usual.\n";
}

int predict(const PredictOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    const Result<FinishedRun> run = FinishedRun::load(registry, options.folder);
    if (!run)
        return reportFailure(run.error().text, options.json);
    const double threshold = options.threshold.value_or(run->threshold);
    if (!options.threshold && !options.json)
        sayThreshold(*run);
    const auto each = [&](const Prediction &prediction) {
        if (options.json)
            printForPrograms(prediction, run->facts, options, threshold);
    };
    const Result<std::vector<Prediction>> predictions = predictFiles(registry, *run, options.files, each);
    if (!predictions)
        return reportFailure(predictions.error().text, options.json);

    const auto failures = std::ranges::count_if(*predictions, [](const Prediction &prediction) { return !prediction.error.empty(); });
    const auto done = std::int64_t(predictions->size()) - failures;
    if (const std::string problem = writeAnswers(options, *predictions, run->facts, threshold); !problem.empty())
        return reportFailure(problem, options.json);
    if (options.json) {
        Json end{{"event", "end"}, {"predicted", done}, {"failed", failures}};
        if (hasThreshold(run->facts))
            end["threshold"] = threshold;
        printEvent(end);
    } else if (!options.file.empty())
        std::cout << commaText(done) << (done == 1 ? " answer" : " answers") << " in " << options.file << '\n';
    else if (options.csv)
        std::cout << predictionsCsv(*predictions, run->facts, threshold);
    else if (done > 0)
        std::cout << answerTable(*predictions, run->facts, options, threshold);
    for (const Prediction &prediction : *predictions) {
        if (!prediction.error.empty())
            std::cerr << "error: " << printable(prediction.error) << '\n';
    }
    return failures > 0 ? kFailed : kDone;
}

} // namespace

void addPredictCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<PredictOptions>();
    CLI::App *command = app.add_subcommand("predict", "Classify pictures or a table's rows with a trained run, or tell their number, prepared as in training");
    command->add_option("RUN_DIR", options->folder, "The folder that training wrote")->required();
    command->add_option("FILE_OR_FOLDER", options->files, "Pictures, folders with pictures, or tables")->required();
    command->add_option("--top", options->top, "Show the K most probable classes")
        ->type_name("K")
        ->check(CLI::Range(std::size_t(1), std::size_t(1000)))
        ->capture_default_str();
    command->add_option("--threshold", options->threshold,
        "From which probability on a label is there, or the second of two classes is the answer (default: as chosen when the run was judged, else 0.5)")
        ->type_name("P")
        ->check(CLI::Range(0.0, 1.0));
    CLI::Option *json = command->add_flag("--json", options->json, "One JSON object a line on standard output");
    command->add_flag("--csv", options->csv, "Answers with the probability of every class, as CSV")->excludes(json);
    command->add_option("-o,--output", options->file, "Write the answers to a file: CSV, or JSON where its name ends in .json")->type_name("FILE");
    command->footer("Exit code 1 when one of the files cannot be read; the others are answered all the same.\n\n"
                    "Examples:\n  netloom-cli predict runs/first shoe.jpg\n  netloom-cli predict runs/first holiday/ --top 5 --json\n  netloom-cli predict runs/first holiday/ -o answers.csv");
    command->callback([options, &action] { action = [options] { return predict(*options); }; });
}

} // namespace netloom::cli
