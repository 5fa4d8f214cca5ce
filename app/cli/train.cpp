// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "follow_run.h"
#include "project_input.h"
#include "run/number_text.h"
#include "run/registry.h"
#include "run/training_run.h"
#include "runs/run_folder.h"
#include "runs/seed_verdict.h"
#include "text_table.h"
#include "train_output.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

struct TrainOptions {
    std::string file;
    std::string data;
    std::map<std::string, std::string> recipe; ///< values given by options of their own
    std::vector<std::string> settings;
    std::string out;
    std::int64_t stopAfterEpoch = 0;
    int seeds = 1; ///< so many runs with consecutive seeds
    bool json = false;
};

/// Applies the options in order: --set first, then the options with names of their own.
Result<Done> applyOptions(Project &project, const NodeRegistry &registry, const TrainOptions &options)
{
    for (const std::string &setting : options.settings) {
        if (Result<Done> done = applySetting(project, registry, setting); !done)
            return done;
    }
    for (const auto &[name, text] : options.recipe) {
        if (text.empty())
            continue;
        Result<ParamValue> value = parseParam(*findRecipeDecl(name), text);
        if (!value)
            return value.error();
        project.recipe.set(name, std::move(*value));
    }
    if (const std::string &start = project.recipe.text("start_from"); !start.empty())
        project.recipe.set("start_from", absolutePath(start));
    return useData(project, registry, options.data);
}

/// One run from start to end; gives the exit code.
int trainOnce(const NodeRegistry &registry, const Project &project, TrainingRun::Options runOptions, bool json)
{
    TrainOutput output(json, project, runOptions.folder);
    runOptions.onIssues = [&output](const Issues &issues) { output.onIssues(issues); };
    TrainingRun run(registry, project, runOptions, [&output](const TrainEvent &event) { output.onEvent(event); });
    return follow(run, output);
}

/// What the runs of several seeds gave together.
void printSpread(const std::vector<RunEntry> &runs, const std::filesystem::path &folder, bool json)
{
    const Contender all{folder.filename().string(), runs};
    const std::string figure = commonFigure(all, all);
    const Spread spread = spreadOf(all, figure);
    if (json) {
        printEvent({{"event", "seeds"}, {"runs", runs.size()}, {"figure", figure}, {"mean", jsonNumber(spread.mean)},
            {"deviation", jsonNumber(spread.deviation)}, {"folder", folder.string()}});
        return;
    }
    const auto text = [&](double number) { return isShare(figure) ? fixedText(100 * number, 2) : figureText(number); };
    std::cout << figureTitle(figure) << " of " << runs.size() << " seeds: " << text(spread.mean) << " ± "
              << text(spread.deviation) << (isShare(figure) ? " %" : "") << " (mean and standard deviation). The runs are in " << printable(folder.string()) << ".\n";
}

/// A run for each seed, in a folder that holds them all.
int trainSeeds(const NodeRegistry &registry, Project project, TrainingRun::Options runOptions, const TrainOptions &options)
{
    const std::filesystem::path folder = runOptions.folder;
    const std::int64_t first = project.recipe.integer("seed");
    std::vector<RunEntry> runs;
    for (std::int64_t seed = first; seed < first + options.seeds; ++seed) {
        project.recipe.set("seed", seed);
        runOptions.folder = folder / seedFolder(seed);
        if (const int code = trainOnce(registry, project, runOptions, options.json); code != kDone)
            return code;
        if (const auto run = readRunFolder(runOptions.folder))
            runs.push_back(run->entry);
    }
    printSpread(runs, folder, options.json);
    return kDone;
}

int train(const TrainOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    Result<Project> project = openProject(registry, options.file);
    if (!project)
        return reportFailure(project.error().text, options.json);
    if (const Result<Done> applied = applyOptions(*project, registry, options); !applied)
        return reportUsage(applied.error().text);

    const std::filesystem::path file = absolutePath(options.file);
    const bool several = options.seeds > 1;
    TrainingRun::Options runOptions;
    runOptions.folder = options.out.empty() ? makeRunFolder(file.parent_path() / kRunsFolder, file.stem().string() + (several ? kSeedsSuffix : ""))
                                            : std::filesystem::path(absolutePath(options.out));
    runOptions.folderIsOwn = options.out.empty();
    runOptions.projectFile = file;
    runOptions.stopAfterEpoch = options.stopAfterEpoch;
    return several ? trainSeeds(registry, *project, runOptions, options) : trainOnce(registry, *project, runOptions, options.json);
}

/// An option that sets one value of the recipe, with its help and its check from the declaration.
void addRecipeOption(CLI::App &command, TrainOptions &options, const std::string &flag, const std::string &name, const std::string &type)
{
    const ParamDecl &decl = *findRecipeDecl(name);
    command.add_option(flag, options.recipe[name], decl.docText)
        ->type_name(type)
        ->check(CLI::Validator(
            [&decl](std::string &text) {
                const Result<ParamValue> value = parseParam(decl, text);
                return value ? std::string() : value.error().text;
            },
            ""));
}

} // namespace

void addTrainCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<TrainOptions>();
    CLI::App *command = app.add_subcommand("train", "Train a project's network and keep the run in a folder");
    command->add_option("FILE", options->file, "The project, *.netloom")->required();
    command->add_option("--data", options->data, "Folder with the data, instead of the project's own")->type_name("PATH");
    addRecipeOption(*command, *options, "--epochs", "epochs", "N");
    addRecipeOption(*command, *options, "--batch-size", "batch_size", "N");
    command->add_option("--set", options->settings, "Change a parameter of a node, its frozen or lr_scale, or without a node a field of the recipe; may be repeated")
        ->type_name("NODE.PARAM=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    addRecipeOption(*command, *options, "--seed", "seed", "N");
    addRecipeOption(*command, *options, "--start-from", "start_from", "PATH");
    command->add_option("--seeds", options->seeds, "So many runs with consecutive seeds, in one folder; says their mean and standard deviation")
        ->type_name("K")
        ->check(CLI::Range(1, 100));
    addRecipeOption(*command, *options, "--device", "device", "auto|cpu|cuda");
    addRecipeOption(*command, *options, "--threads", "threads", "N");
    command->add_option("--out", options->out, "The run's folder, new or empty (default: a new one in runs/ beside the project)")->type_name("DIR");
    command->add_option("--stop-after-epoch", options->stopAfterEpoch, "Stop after that epoch with a checkpoint; resume goes on from there")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    command->add_flag("--json", options->json, "One JSON object a line on standard output: start, issue, epoch, end, failed");
    command->footer("Ctrl-C stops after the batch, keeps the run and exits with 130; a second one ends at once.\n\n"
                    "Examples:\n  netloom-cli train clothes.netloom --epochs 3\n"
                    "  netloom-cli train flowers.netloom --data ~/pictures/flowers --set conv1.out_channels=16 --set lr=0.01\n"
                    "  netloom-cli train clothes.netloom --json --out runs/first | jq .val_accuracy");
    command->callback([options, &action] { action = [options] { return train(*options); }; });
}

} // namespace netloom::cli
