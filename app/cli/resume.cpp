// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "follow_run.h"
#include "project_input.h"
#include "run/registry.h"
#include "run/run_list.h"
#include "run/training_run.h"
#include "train_output.h"

#include <CLI/CLI.hpp>

namespace netloom::cli {

namespace {

struct ResumeOptions {
    std::string folder;
    std::int64_t stopAfterEpoch = 0;
    std::optional<double> lr;
    bool evenIfChanged = false;
    bool json = false;
};

int resume(const ResumeOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    TrainingRun::Options runOptions;
    runOptions.folder = absolutePath(options.folder);
    runOptions.stopAfterEpoch = options.stopAfterEpoch;
    runOptions.lr = options.lr;
    runOptions.evenIfDataChanged = options.evenIfChanged;
    Result<LoadedProject> project = loadProjectOrRun(registry, runOptions.folder);
    if (!project)
        return reportFailure(project.error().text, options.json);
    TrainOutput output(options.json, std::move(project->project), runOptions.folder);
    runOptions.onIssues = [&output](const Issues &issues) { output.onIssues(issues); };
    const auto run = TrainingRun::resumed(registry, runOptions, [&output](const TrainEvent &event) { output.onEvent(event); });
    if (!run)
        return reportFailure(run.error().text, options.json);
    return follow(**run, output);
}

} // namespace

void addResumeCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<ResumeOptions>();
    CLI::App *command = app.add_subcommand("resume", "Go on with a run that was cut off, stopped or failed, from its last checkpoint");
    command->add_option("RUN", options->folder, "The run's folder")->required();
    command->add_option("--stop-after-epoch", options->stopAfterEpoch, "Stop after that epoch with a checkpoint")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    command->add_option("--lr", options->lr, "Learning rate from here on, in the place of the one that the run had come to")
        ->type_name("X")
        ->check(CLI::Range(0.0, 1000.0));
    command->add_flag("--even-if-changed", options->evenIfChanged, "Go on although the data has changed since the run began");
    command->add_flag("--json", options->json, "One JSON object a line on standard output: start, resumed, issue, epoch, end, failed");
    command->footer("With the same threads the run ends with the very weights that it would have had without the interruption.\n\n"
                    "Example:\n  netloom-cli resume runs/2026-11-25_143005_clothes");
    command->callback([options, &action] { action = [options] { return resume(*options); }; });
}

} // namespace netloom::cli
