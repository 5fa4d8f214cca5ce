// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/start_weights.h"

#include "commands.h"
#include "console.h"
#include "project_input.h"
#include "run/registry.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

struct WeightsOptions {
    std::string file;
    std::string path;
    bool json = false;
};

std::string shapeText(const Shape &shape)
{
    return shape.empty() ? "–" : shape.toString();
}

void printTable(const WeightTable &weights)
{
    TextTable table({{"tensor"}, {"fit"}, {"network"}, {"file"}});
    for (const WeightRow &row : weights.rows)
        table.addRow({printable(row.name), toString(row.fit), shapeText(row.wanted), shapeText(row.found)});
    std::cout << table.text() << '\n' << weights.summary() << ".\n";
}

void printJson(const WeightTable &weights)
{
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const WeightRow &row : weights.rows)
        rows.push_back({{"tensor", row.name}, {"fit", toString(row.fit)}, {"network", row.wanted.dims()}, {"file", row.found.dims()}});
    std::cout << nlohmann::ordered_json{{"taken", weights.count(WeightFit::Taken)}, {"missing", weights.count(WeightFit::Missing)},
        {"other_shape", weights.count(WeightFit::OtherShape)}, {"unused", weights.count(WeightFit::Unused)}, {"tensors", rows}}.dump() << '\n';
}

int weights(const WeightsOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    const Result<Project> project = openProject(registry, options.file);
    if (!project)
        return reportFailure(project.error().text, options.json);
    const auto table = startWeights(registry, project->graph, lookAtData(*project, registry), absolutePath(options.path));
    if (!table)
        return reportFailure(table.error().text, options.json);
    options.json ? printJson(*table) : printTable(*table);
    return table->count(WeightFit::Taken) > 0 ? kDone : kFailed;
}

} // namespace

void addWeightsCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<WeightsOptions>();
    CLI::App *command = app.add_subcommand("weights", "Say what of a file's weights a project's network would start from");
    command->add_option("FILE", options->file, "The project, *.netloom")->required();
    command->add_option("WEIGHTS", options->path, "A run's folder, or a state_dict saved as .pt or .safetensors")->required();
    command->add_flag("--json", options->json, "One JSON object on standard output");
    command->footer("Tensors go together by name: conv1.weight is that of the node conv1. Nothing in the file is run. Exit code 1 where none fits.\n\n"
                    "Example:\n  netloom-cli weights clothes.netloom resnet.pt\n  netloom-cli train clothes.netloom --start-from resnet.pt --set layer1.frozen=true");
    command->callback([options, &action] { action = [options] { return weights(*options); }; });
}

} // namespace netloom::cli
