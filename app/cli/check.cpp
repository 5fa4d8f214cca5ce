// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "graph/infer_shapes.h"
#include "graph/structure.h"
#include "project/templates.h"
#include "project_input.h"
#include "graph/machine_memory.h"
#include "run/registry.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace netloom::cli {

namespace {

std::string shapesText(const NodeShapes &shapes)
{
    std::string text;
    for (const Shape &shape : shapes.outputs) {
        if (!shape.empty() && shape != Shape{Shape::kBatch}) // not the labels
            text += (text.empty() ? "" : ", ") + shape.toString();
    }
    return text.empty() ? "–" : text;
}

std::string costText(std::int64_t number)
{
    return number > 0 ? commaText(number) : "–";
}

std::string networkTable(const Graph &graph, const Inference &inference)
{
    using enum TextTable::Align;
    TextTable table({{"node"}, {"type"}, {"output"}, {"parameters", Right}, {"multiply-adds", Right}});
    for (const Node *node : listedNodes(graph)) {
        const auto found = inference.nodes.find(node->id);
        const NodeShapes shapes = found == inference.nodes.end() ? NodeShapes() : found->second;
        table.addRow({pathOf(graph, *node), listedType(*node), shapesText(shapes), costText(shapes.parameters), costText(shapes.multiplyAdds)});
    }
    table.addRule();
    table.addRow({"total", "", "", commaText(inference.parameters()), commaText(inference.multiplyAdds())});
    return table.text();
}

int check(const std::string &file)
{
    const NodeRegistry registry = fullRegistry();
    Result<LoadedProject> loaded = loadProject(registry, file);
    if (!loaded)
        return reportFailure(loaded.error().text);
    const Project &project = loaded->project;
    const MemoryBudget budget{machineMemory(), project.recipe.integer("batch_size")};
    const Inference inference = inferShapes(project.graph, registry, lookAtData(project, registry), budget);
    Issues issues = loaded->notes;
    issues.insert(issues.end(), inference.issues.begin(), inference.issues.end());
    printIssues(issues, false);
    if (findPipeline(project.graph, registry).source.valid() && !hasData(project, registry))
        std::cout << "hint: On the command line, 'train --data PATH' gives the folder, and 'new --data PATH' writes it into a new project.\n";
    if (!issues.empty())
        std::cout << '\n';
    std::cout << networkTable(project.graph, inference);
    return hasErrors(issues) ? kFailed : kDone;
}

} // namespace

void addCheckCommand(CLI::App &app, Action &action)
{
    auto file = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand("check", "Say what is wrong with a project, and show its network as a table");
    command->add_option("FILE", *file, "The project, *.netloom")->required();
    command->footer("Prints issues, then node, type, output shape, parameters and multiply-adds for one sample. Exit code 1 on an error.\n\n"
                    "Example:\n  netloom-cli check clothes.netloom");
    command->callback([file, &action] { action = [file] { return check(*file); }; });
}

} // namespace netloom::cli
