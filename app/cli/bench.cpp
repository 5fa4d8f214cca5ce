// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_measure.h"
#include "bench_speed.h"
#include "commands.h"
#include "console.h"
#include "desktop_program.h"
#include "project/data_folders.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::json;

struct BenchOptions {
    int frames = 240;
    bool json = false;
};

std::string milliseconds(const Json &number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f ms", number.get<double>());
    return text;
}

void addFigure(TextTable &table, const Json &figure)
{
    const bool hasGoal = figure.contains("goal_ms");
    char goal[32] = "–";
    if (hasGoal)
        std::snprintf(goal, sizeof goal, "≤ %g ms", figure.at("goal_ms").get<double>());
    table.addRow({figure.at("what"), std::to_string(figure.at("count").get<int>()), milliseconds(figure.at("median_ms")),
        milliseconds(figure.at("p99_ms")), goal, !hasGoal ? "–" : figure.at("holds") ? "yes" : "no"});
}

int benchCanvas(const BenchOptions &options)
{
    using enum TextTable::Align;
    TextTable table({{"what"}, {"times", Right}, {"median", Right}, {"99th percentile", Right}, {"goal", Right}, {"holds"}});
    const auto ended = runDesktopProgram({"--bench-canvas", "--frames", std::to_string(options.frames)}, [&](const std::string &line) {
        const Json event = Json::parse(line, nullptr, false);
        if (options.json)
            std::cout << line << '\n' << std::flush;
        else if (event.value("event", "") == "figure")
            addFigure(table, event);
        else if (event.value("event", "") == "bench")
            std::cout << commaText(event.at("nodes")) << " nodes, " << commaText(event.at("wires")) << " wires, a window of " << event.at("width")
                      << "×" << event.at("height") << " (" << event.at("platform").get<std::string>() << ")\n\n" << std::flush;
    });
    if (!ended)
        return reportFailure(ended.error().text, options.json);
    if (*ended != 0)
        return reportFailure("The program with the window ended with code " + std::to_string(*ended) + ".", options.json);
    if (!options.json)
        std::cout << table.text();
    return kDone;
}

void addSpeedOptions(CLI::App &command, SpeedOptions &options)
{
    options.fashion = fashionMnistFolder().string();
    options.peers = NETLOOM_BENCH_PEERS;
    command.add_option("--fashion", options.fashion, "Folder of Fashion-MNIST")->type_name("DIR")->capture_default_str();
    command.add_option("--flowers", options.flowers, "Folder of photos, a subfolder for each class; without it its rows are left out")->type_name("DIR");
    command.add_option("--cifar", options.cifar, "CIFAR-10 as a folder of pictures; without it its rows are left out")->type_name("DIR");
    command.add_option("--peers", options.peers, "Folder with idiom.py and expert.py; \"\" measures Netloom alone")->type_name("DIR")->capture_default_str();
    command.add_option("--python", options.python, "The Python that has torch and torchvision")->type_name("FILE")->capture_default_str();
    command.add_option("--seconds", options.seconds, "What counts of an epoch at most; 0 = whole epochs")->check(CLI::Range(0.0, 1e6))->capture_default_str();
    command.add_flag("--quick", options.quick, "A few seconds of each only");
    command.add_flag("--json", options.json, "One JSON object a line");
}

/// What the others start as processes of their own.
void addMeasureCommand(CLI::App &bench, Action &action)
{
    auto options = std::make_shared<MeasureOptions>();
    CLI::App *command = bench.add_subcommand("measure", "")->group("");
    command->add_option("ROW", options->row)->required();
    command->add_option("DATA", options->data)->required();
    command->add_option("--epochs", options->epochs);
    command->add_option("--seconds", options->seconds);
    command->add_flag("--compute", options->compute);
    command->add_option("--threads", options->threads);
    command->add_flag("--whole", options->whole);
    command->callback([options, &action] { action = [options] { return measure(*options); }; });
}

void addSpeedCommand(CLI::App &bench, Action &action, const char *name, const char *help, const char *rows, int (*run)(const SpeedOptions &))
{
    auto options = std::make_shared<SpeedOptions>();
    CLI::App *command = bench.add_subcommand(name, help);
    addSpeedOptions(*command, *options);
    command->add_option("--only", options->only, std::string("One row: ") + rows)->type_name("ROW");
    command->callback([options, run, &action] {
        for (std::string *folder : {&options->fashion, &options->flowers, &options->cifar}) { // some rows run in a folder of their own
            if (!folder->empty())
                *folder = std::filesystem::absolute(*folder).string();
        }
        action = [options, run] { return run(*options); };
    });
}

} // namespace

void addBenchCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<BenchOptions>();
    CLI::App *bench = app.add_subcommand("bench", "Measure how fast the program is on this machine");
    bench->require_subcommand(1);
    CLI::App *canvas = bench->add_subcommand("canvas", "Drive the window with a network of 1,000 nodes and 1,500 wires by mouse and wheel");
    canvas->add_option("--frames", options->frames, "Frames to measure per figure; what takes longer is measured less often")->check(CLI::Range(2, 100'000))
        ->capture_default_str();
    canvas->add_flag("--json", options->json, "One JSON object a line");
    canvas->footer("Needs the program with the window beside this one; no display: it then draws into memory. Every frame counts from the hand's move until\n"
                   "the whole canvas is painted.\n\nExample:\n  netloom-cli bench canvas");
    addSpeedCommand(*bench, action, "data", "Measure how fast pictures are loaded, beside two Python programs", "photos, files", benchData);
    addSpeedCommand(*bench, action, "train", "Measure how fast networks are trained, beside two Python programs", "mlp, cnn, cifar, hidden, window, sgemm", benchTrain);
    addMeasureCommand(*bench, action);
    canvas->callback([options, &action] { action = [options] { return benchCanvas(*options); }; });
}

} // namespace netloom::cli
