// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "project_input.h"
#include "run/number_text.h"
#include "runs/run_store.h"
#include "runs/run_tables.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct RunsOptions {
    std::string folder = ".";
    std::string sort = "started";
    std::string filter;
    std::vector<std::string> columns;
    std::vector<std::string> runs; ///< to tag or delete
    std::string tags;
    bool ascending = false;
    bool json = false;
    bool csv = false;
    bool yes = false;
};

/// The folder of the runs that @p path means: itself, or that beside or below it. The error says what was looked for.
Result<fs::path> runsIn(const std::string &path)
{
    const fs::path given = fs::path(absolutePath(path)).lexically_normal();
    std::error_code error;
    const fs::path folder = fs::is_regular_file(given, error) ? given.parent_path() : given;
    if (fs::is_directory(folder / kRunsFolder, error))
        return folder / kRunsFolder;
    if (fs::is_regular_file(folder / kStoreFile, error) || folder.filename() == kRunsFolder || !findRunFolders(folder).empty())
        return folder;
    return Error{"There are no runs in '" + given.string() + "': give a project, the folder that it lies in, or its folder 'runs'."};
}

std::string shown(const RunCell &cell, CellKind kind)
{
    if (cell.text.empty())
        return "–";
    switch (kind) {
    case CellKind::Time: return cell.text.substr(0, 10) + ' ' + cell.text.substr(std::min<std::size_t>(11, cell.text.size()), 5);
    case CellKind::Whole: return commaText(std::int64_t(*cell.number));
    case CellKind::Number: return figureText(*cell.number);
    case CellKind::Share: return percentText(*cell.number, 2);
    case CellKind::Seconds: return durationText(*cell.number);
    case CellKind::Amount:
    case CellKind::Text: break;
    }
    return printable(cell.text);
}

void printTable(const std::vector<RunEntry> &runs, const std::vector<RunColumn> &columns)
{
    std::vector<TextTable::Column> titles;
    for (const RunColumn &column : columns)
        titles.push_back({column.title, column.kind == CellKind::Text || column.kind == CellKind::Time ? TextTable::Align::Left : TextTable::Align::Right});
    TextTable table(titles);
    for (const RunEntry &run : runs) {
        std::vector<std::string> cells;
        for (const RunColumn &column : columns)
            cells.push_back(shown(cellOf(run, column), column.kind));
        table.addRow(std::move(cells));
    }
    std::cout << table.text();
}

void printForPrograms(const std::vector<RunEntry> &runs)
{
    for (const RunEntry &run : runs) {
        printEvent({{"event", "run"}, {"run", runName(run)}, {"folder", run.folder.string()}, {"title", run.title}, {"group", run.group},
            {"status", run.status}, {"started", run.started}, {"ended", run.ended}, {"seconds", run.seconds}, {"epochs", run.epochs},
            {"best_epoch", run.bestEpoch}, {"figures", run.figures}, {"recipe", run.recipe}, {"device", run.device}, {"threads", run.threads},
            {"parameters", run.parameters}, {"data", run.dataPrint}, {"network", run.networkPrint}, {"netloom", run.netloom},
            {"libtorch", run.torch}, {"tags", run.tags}, {"note", run.note}});
    }
    printEvent({{"event", "end"}, {"runs", runs.size()}});
}

/// Those asked for, else those that tell something of at least one run.
Result<std::vector<RunColumn>> chosenColumns(const RunsOptions &options, const std::vector<RunColumn> &all, const std::vector<RunEntry> &runs)
{
    std::vector<RunColumn> chosen;
    for (const std::string &name : options.columns) {
        const RunColumn *column = findColumn(all, name);
        if (!column)
            return Error{"There is no column '" + name + "'."};
        chosen.push_back(*column);
    }
    if (!chosen.empty())
        return chosen;
    std::ranges::copy_if(all, std::back_inserter(chosen), [&](const RunColumn &column) {
        return options.csv || (column.usual && std::ranges::any_of(runs, [&](const RunEntry &run) { return !cellOf(run, column).text.empty(); }));
    });
    return chosen;
}

void sayNotes(RunStore &store)
{
    for (const std::string &note : store.takeNotes())
        std::cerr << "warning: " << printable(note) << '\n';
}

int list(const RunsOptions &options)
{
    const Result<fs::path> base = runsIn(options.folder);
    if (!base)
        return reportFailure(base.error().text, options.json);
    RunStore store(*base);
    if (const auto adopted = store.adoptFolders(); !adopted)
        return reportFailure(adopted.error().text, options.json);
    sayNotes(store);
    Result<std::vector<RunEntry>> runs = store.list();
    if (!runs)
        return reportFailure(runs.error().text, options.json);
    const std::vector<RunColumn> columns = runColumns(*runs);
    const RunColumn *by = findColumn(columns, options.sort);
    if (!by)
        return reportUsage("there is no column '" + options.sort + "' to sort by");
    const RunFilter filter(options.filter, columns);
    std::erase_if(*runs, [&](const RunEntry &run) { return !filter.matches(run); });
    std::ranges::stable_sort(*runs, [&](const RunEntry &a, const RunEntry &b) {
        const RunCell one = cellOf(a, *by), other = cellOf(b, *by);
        if (one.text.empty() || other.text.empty())
            return !one.text.empty() && other.text.empty();
        return options.ascending ? cellLess(one, other) : cellLess(other, one);
    });
    const auto chosen = chosenColumns(options, columns, *runs);
    if (!chosen)
        return reportUsage(chosen.error().text);
    if (options.json)
        printForPrograms(*runs);
    else if (options.csv)
        std::cout << runsCsv(*runs, *chosen);
    else
        printTable(*runs, *chosen);
    return kDone;
}

/// Each run's folder with the store that it lies in.
int forEachRun(const std::vector<std::string> &runs, const std::function<Result<Done>(RunStore &, const fs::path &)> &act)
{
    for (const std::string &run : runs) {
        fs::path folder = fs::path(absolutePath(run)).lexically_normal();
        if (!folder.has_filename())
            folder = folder.parent_path();
        const auto found = readRunFolder(folder);
        if (!found)
            return reportFailure(std::string("'").append(folder.string()).append("' is no run: give the folder that training wrote."));
        RunStore store(runsFolderOf(folder, found->entry.project));
        if (const auto taken = store.update(folder); !taken)
            return reportFailure(taken.error().text);
        sayNotes(store);
        if (const auto done = act(store, folder); !done)
            return reportFailure(done.error().text);
    }
    return kDone;
}

int tag(const RunsOptions &options)
{
    return forEachRun(options.runs, [&](RunStore &store, const fs::path &folder) -> Result<Done> {
        if (!store.isLasting())
            return Error{"The tags of '" + folder.string() + "' can't be kept."};
        return store.setTags(folder, tagsFromText(options.tags));
    });
}

int remove(const RunsOptions &options)
{
    return forEachRun(options.runs, [&](RunStore &store, const fs::path &folder) -> Result<Done> {
        if (readRunFolder(folder)->entry.status == "running")
            return Error{"The run in '" + folder.string() + "' is still training: stop it first."};
        if (!options.yes) {
            std::cerr << "Delete '" << printable(folder.string()) << "' for good, with its weights? [y/N] ";
            std::string answer;
            std::getline(std::cin, answer);
            if (answer != "y" && answer != "yes")
                return Done{};
        }
        std::error_code error;
        fs::remove_all(folder, error);
        if (error)
            return Error{std::string("'").append(folder.string()).append("' can't be deleted: ") + error.message() + "."};
        return store.forget(folder);
    });
}

} // namespace

void addRunsCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<RunsOptions>();
    CLI::App *command = app.add_subcommand("runs", "List a project's runs: settings, figures, tags; tag and delete them");
    command->add_option("FOLDER", options->folder, "The project, its folder, or its folder runs (default: here)");
    command->add_option("--sort", options->sort, "Column to sort by, the largest or newest first: started, accuracy, val_loss, lr, ...")->type_name("COLUMN");
    command->add_flag("--ascending", options->ascending, "The smallest or oldest first");
    command->add_option("--filter", options->filter, "Only runs with these words or values: \"lr>0.01 status=finished\"")->type_name("TEXT");
    command->add_option("--columns", options->columns, "Columns to show, instead of the usual ones")->type_name("A,B,...")->delimiter(',');
    auto *json = command->add_flag("--json", options->json, "One JSON object a line on standard output: run, end");
    command->add_flag("--csv", options->csv, "A table with all columns, unrounded")->excludes(json);
    command->callback([options, &action, command] {
        if (command->get_subcommands().empty())
            action = [options] { return list(*options); };
    });
    CLI::App *tags = command->add_subcommand("tag", "Set the tags of runs");
    tags->add_option("TAGS", options->tags, "Tags with commas between them; \"\" takes them away")->required();
    tags->add_option("RUN", options->runs, "Folders of runs")->required();
    tags->callback([options, &action] { action = [options] { return tag(*options); }; });
    CLI::App *deletion = command->add_subcommand("delete", "Delete runs with their weights, for good");
    deletion->add_option("RUN", options->runs, "Folders of runs")->required();
    deletion->add_flag("--yes", options->yes, "Don't ask");
    deletion->callback([options, &action] { action = [options] { return remove(*options); }; });
    command->footer("Examples:\n  netloom-cli runs clothes.netloom --sort accuracy\n  netloom-cli runs . --filter \"optimizer=SGD lr<0.1\" --csv > runs.csv\n"
                    "  netloom-cli runs tag \"best, wide\" runs/2026-11-25_143005_clothes");
}

} // namespace netloom::cli
