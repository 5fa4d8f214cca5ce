// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "graph/infer_shapes.h"
#include "interrupt.h"
#include "project_input.h"
#include "run/child_program.h"
#include "run/registry.h"
#include "run/search_run.h"
#include "search/trial_project.h"
#include "search_output.h"

#include <CLI/CLI.hpp>
#include <charconv>

namespace netloom::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kSignalPause{50};

struct SearchOptions {
    std::string file;
    std::string data;
    std::vector<std::string> params, switches, oneOfs, settings;
    std::string sampler = "tpe-multivariate", pruner = "none", goal, budget, name;
    std::int64_t epochs = 0, folds = 1, jobs = 0, factor = 3, least = 1;
    std::uint64_t seed = 1;
    bool json = false, resume = false;
};

/// "40" trials or "20m", "2h", "90s".
struct Budget {
    std::int64_t trials = 0;
    double minutes = 0;
};

Result<Budget> readBudget(const std::string &text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string unit(end, text.data() + text.size());
    if (error == std::errc() && number > 0 && number < 1e9) {
        if (unit == "s" || unit == "m" || unit == "h")
            return Budget{0, unit == "s" ? number / 60 : unit == "h" ? number * 60 : number};
        if (unit.empty() && number == double(std::int64_t(number)))
            return Budget{std::int64_t(number), 0};
    }
    return Error{"--budget takes a number of trials, such as 40, or a time, such as 90s, 20m or 2h, but got '" + text + "'."};
}

Result<std::vector<SearchAxis>> readAxes(const Project &project, const NodeRegistry &registry, const SearchOptions &options)
{
    std::vector<SearchAxis> axes;
    const auto read = [&](const std::vector<std::string> &texts, auto reader) -> Result<Done> {
        for (const std::string &text : texts) {
            Result<SearchAxis> axis = reader(project, registry, text);
            if (!axis)
                return axis.error();
            axes.push_back(std::move(*axis));
        }
        return Done{};
    };
    for (const Result<Done> &done : {read(options.params, readAxis), read(options.switches, readSwitch), read(options.oneOfs, readOneOf)}) {
        if (!done)
            return done.error();
    }
    return axes;
}

Result<SearchSettings> readSettings(const Project &project, const NodeRegistry &registry, const SourceFacts &facts, const SearchOptions &options)
{
    Result<std::vector<SearchAxis>> axes = readAxes(project, registry, options);
    if (!axes)
        return axes.error();
    SearchSettings settings;
    settings.axes = std::move(*axes);
    settings.sampler = *samplerFromString(options.sampler);
    settings.pruner = *prunerFromString(options.pruner);
    settings.factor = options.factor;
    settings.leastEpochs = options.least;
    settings.fullEpochs = options.epochs > 0 ? options.epochs : project.recipe.integer("epochs");
    settings.seed = options.seed;
    settings.folds = options.folds;
    settings.jobs = options.jobs > 0 ? options.jobs : usualJobs();
    settings.goal = options.goal.empty() ? usualGoal(facts) : *SearchGoal::named(options.goal);
    if (!options.budget.empty()) {
        const Result<Budget> budget = readBudget(options.budget);
        if (!budget)
            return budget.error();
        settings.trials = budget->trials;
        settings.minutes = budget->minutes;
    }
    if (const auto problem = settingsProblem(settings))
        return *problem;
    return settings;
}

/// The search runs until its end or Ctrl-C. Gives the exit code.
int watch(SearchRun &run, SearchOutput &output)
{
    output.begin(run.settings(), run.folder());
    Interrupt interrupt;
    int signal = 0;
    run.start();
    while (run.running()) {
        const int number = interrupt.wait(kSignalPause);
        if (number == 0 || signal != 0)
            continue;
        signal = number;
        run.cancel();
        output.sayStopping();
    }
    run.wait();
    output.end(run.trials(), run.best(), signal != 0);
    if (signal != 0)
        return 128 + signal;
    return run.best() ? kDone : kFailed;
}

int resumeSearch(const NodeRegistry &registry, const SearchOptions &options, const fs::path &folder)
{
    Budget budget;
    if (!options.budget.empty()) {
        const Result<Budget> more = readBudget(options.budget);
        if (!more)
            return reportUsage(more.error().text);
        budget = *more;
    }
    SearchOutput output(options.json);
    auto run = SearchRun::resume(registry, {.folder = folder, .program = ownProgram()}, budget.trials, budget.minutes,
        [&output](const SearchEvent &event) { output.onEvent(event); });
    return run ? watch(**run, output) : reportFailure(run.error().text, options.json);
}

int search(const SearchOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    const fs::path file = absolutePath(options.file);
    const fs::path runs = file.parent_path() / "runs";
    const std::string name = options.name.empty() ? file.stem().string() : options.name;
    if (options.resume) {
        std::error_code error;
        const fs::path given = fs::is_directory(file, error) ? file : runs / ("search-" + name);
        return resumeSearch(registry, options, given);
    }
    Result<Project> project = openProject(registry, options.file);
    if (!project)
        return reportFailure(project.error().text, options.json);
    for (const std::string &setting : options.settings) {
        if (const Result<Done> done = applySetting(*project, registry, setting); !done)
            return reportUsage(done.error().text);
    }
    if (const Result<Done> done = useData(*project, registry, options.data); !done)
        return reportUsage(done.error().text);
    const SourceFacts facts = lookAtData(*project, registry);
    const Result<SearchSettings> settings = readSettings(*project, registry, facts, options);
    if (!settings)
        return reportUsage(settings.error().text);
    SearchOutput output(options.json);
    const fs::path folder = options.name.empty() ? freeSearchFolder(runs, name) : runs / ("search-" + name);
    auto run = SearchRun::begin(registry, *project, facts, file, *settings, {.folder = folder, .program = ownProgram()},
        [&output](const SearchEvent &event) { output.onEvent(event); });
    return run ? watch(**run, output) : reportFailure(run.error().text, options.json);
}

CLI::Option *addList(CLI::App &command, const std::string &flag, std::vector<std::string> &list, const std::string &help, const std::string &type)
{
    return command.add_option(flag, list, help)->type_name(type)->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

} // namespace

void addSearchCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<SearchOptions>();
    CLI::App *command = app.add_subcommand("search", "Search for the best parameters, recipe or structure: trains many variants of a project");
    command->add_option("FILE", options->file, "The project, *.netloom; with --resume also a search's folder")->required();
    addList(*command, "--param", options->params, "Vary a recipe field, a node's parameter, a block's repeat or a node's type; may be repeated", "NAME=RANGE");
    addList(*command, "--switch", options->switches, "Try the node or block on and bypassed; may be repeated", "NODE");
    addList(*command, "--one-of", options->oneOfs, "Try one of these nodes or blocks, the others bypassed; may be repeated", "A|B");
    command->add_option("--sampler", options->sampler, "How points are chosen")->check(CLI::IsMember({"grid", "random", "lhs", "sobol", "tpe", "tpe-multivariate"}))->capture_default_str();
    command->add_option("--pruner", options->pruner, "How poor trials are stopped early")->check(CLI::IsMember({"none", "halving", "asha"}))->capture_default_str();
    command->add_option("--budget", options->budget, "How many trials, or for how long nothing new is begun no more")->type_name("N|20m");
    command->add_option("--epochs", options->epochs, "Of a trial that is trained in full (default: the project's)")->check(CLI::Range(1, 10000))->type_name("N");
    command->add_option("--min-epochs", options->least, "Pruner: when trials are first compared")->check(CLI::Range(1, 10000))->capture_default_str();
    command->add_option("--factor", options->factor, "Pruner: one trial in so many goes on")->check(CLI::Range(2, 100))->capture_default_str();
    command->add_option("--jobs", options->jobs, "Trials at a time (default: half of the cores)")->check(CLI::Range(1, 256))->type_name("N");
    command->add_option("--folds", options->folds, "Train each trial on so many folds of the data")->check(CLI::Range(1, 100))->capture_default_str();
    command->add_option("--goal", options->goal, "What decides (default: accuracy, or r2 where a number is learned)")->check(CLI::IsMember({"accuracy", "loss", "r2"}));
    command->add_option("--seed", options->seed, "Of the choice of points")->capture_default_str();
    command->add_option("--data", options->data, "Folder with the data, instead of the project's own")->type_name("PATH");
    addList(*command, "--set", options->settings, "Change a parameter for all trials; may be repeated", "NODE.PARAM=VALUE");
    command->add_option("--name", options->name, "Of the search's folder, runs/search-NAME (default: the project's name)");
    command->add_flag("--resume", options->resume, "Go on with a search that was stopped or killed; --budget allows it more");
    command->add_flag("--json", options->json, "One JSON object a line on standard output: search, trial, score, trial_end, held, end");
    command->footer("RANGE: 1e-4..1e-1:log, 1..4, 16..128:step=16, 32|64|128, true|false; NODE.type=ReLU|GELU tries node types.\n"
                    "Ctrl-C stops within a batch; --resume goes on. Each trial is a run in runs/search-NAME/trial-NNN.\n\n"
                    "Examples:\n  netloom-cli search iris.netloom --param lr=1e-4..1e-1:log --param \"fc1.out_features=8|16|32\" --budget 40 --jobs 2\n"
                    "  netloom-cli search clothes.netloom --param batch_size=32|64|128 --switch dropout1 --pruner asha --epochs 9 --budget 20m\n"
                    "  netloom-cli search clothes.netloom --resume --budget 60");
    command->callback([options, &action] { action = [options] { return search(*options); }; });
}

} // namespace netloom::cli
