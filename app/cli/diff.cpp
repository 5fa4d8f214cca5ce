// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "graph/graph_diff.h"
#include "graph/structure.h"
#include "run/registry.h"
#include "run/run_list.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::ordered_json;

// As diff(1) has them, so that a script can tell a difference from a file that can't be read.
constexpr int kSame = 0;
constexpr int kDifferent = 1;
constexpr int kTrouble = 2;

struct DiffOptions {
    std::string before;
    std::string after;
    bool json = false;
};

/// Two projects, and what differs between them.
struct Compared {
    const NodeRegistry &registry;
    Project before;
    Project after;
    GraphDiff graph = diffGraphs(registry, before.graph, after.graph);
    std::vector<ValueDiff> recipe = differing(diffParams(recipeDecls(), before.recipe, after.recipe));

    bool same() const { return graph.empty() && recipe.empty(); }

    static std::vector<ValueDiff> differing(std::vector<ValueDiff> values)
    {
        std::erase_if(values, [](const ValueDiff &value) { return !value.differs(); });
        return values;
    }
};

std::string textOf(const std::optional<ParamValue> &value)
{
    return value ? formatParam(*value) : "–";
}

std::string withInside(const Graph &graph, const Node &node)
{
    const std::size_t inside = node.type == kBlockType ? graph.allWithin(node.id).size() : 0;
    return listedType(node) + (inside > 0 ? ", " + std::to_string(inside) + " nodes inside" : "");
}

void addChanged(TextTable &table, const Compared &compared, const NodeDiff &diff)
{
    const Node &node = *compared.after.graph.find(diff.after);
    std::string path = pathOf(compared.after.graph, node);
    std::string type = node.type;
    std::string sign = "~";
    const auto add = [&](const std::string &what, const std::string &before, const std::string &after) {
        table.addRow({std::exchange(sign, ""), std::exchange(path, ""), std::exchange(type, ""), what, before, after});
    };
    for (const FactDiff &fact : diff.facts)
        add(toString(fact.fact), fact.before, fact.after);
    for (const ValueDiff &value : Compared::differing(diff.params))
        add(value.name, textOf(value.before), textOf(value.after));
}

std::string differenceTable(const Compared &compared, const DiffOptions &options)
{
    const Graph &before = compared.before.graph;
    const Graph &after = compared.after.graph;
    TextTable table({{""}, {"node"}, {"type"}, {"what"}, {printable(options.before)}, {printable(options.after)}});
    for (const NodeId id : outermost(before, compared.graph.removed))
        table.addRow({"-", pathOf(before, *before.find(id)), withInside(before, *before.find(id)), "", "", ""});
    for (const NodeId id : outermost(after, compared.graph.added))
        table.addRow({"+", pathOf(after, *after.find(id)), withInside(after, *after.find(id)), "", "", ""});
    for (const NodeDiff &diff : compared.graph.changed)
        addChanged(table, compared, diff);
    for (const Link &link : linksApartFrom(compared.graph.removedLinks, compared.graph.removed))
        table.addRow({"-", linkText(before, compared.registry, link), "wire", "", "", ""});
    for (const Link &link : linksApartFrom(compared.graph.addedLinks, compared.graph.added))
        table.addRow({"+", linkText(after, compared.registry, link), "wire", "", "", ""});
    std::string sign = "~", name = "recipe";
    for (const ValueDiff &value : compared.recipe)
        table.addRow({std::exchange(sign, ""), std::exchange(name, ""), "", value.name, textOf(value.before), textOf(value.after)});
    return table.text();
}

Json valueJson(const std::string &name, Json before, Json after)
{
    return {{"name", name}, {"before", std::move(before)}, {"after", std::move(after)}};
}

Json valueJson(const ValueDiff &value)
{
    const auto side = [](const std::optional<ParamValue> &one) { return one ? Json(formatParam(*one)) : Json(); };
    return valueJson(value.name, side(value.before), side(value.after));
}

Json nodesJson(const Graph &graph, const std::vector<NodeId> &ids)
{
    Json nodes = Json::array();
    for (const NodeId id : ids)
        nodes.push_back({{"node", pathOf(graph, *graph.find(id))}, {"type", graph.find(id)->type}});
    return nodes;
}

Json linksJson(const Graph &graph, const std::vector<Link> &links)
{
    const auto end = [&](const PortRef &port) { return pathOf(graph, *graph.find(port.node)) + ":" + port.port; };
    Json list = Json::array();
    for (const Link &link : links)
        list.push_back({{"from", end(link.from)}, {"to", end(link.to)}});
    return list;
}

void printForPrograms(const Compared &compared)
{
    const Graph &before = compared.before.graph;
    const Graph &after = compared.after.graph;
    Json changed = Json::array();
    for (const NodeDiff &diff : compared.graph.changed) {
        Json facts = Json::array();
        for (const FactDiff &fact : diff.facts)
            facts.push_back(valueJson(toString(fact.fact), fact.before, fact.after));
        Json params = Json::array();
        for (const ValueDiff &value : Compared::differing(diff.params))
            params.push_back(valueJson(value));
        const Node &node = *after.find(diff.after);
        changed.push_back({{"node", pathOf(after, node)}, {"node_before", pathOf(before, *before.find(diff.before))}, {"type", node.type},
            {"facts", std::move(facts)}, {"params", std::move(params)}});
    }
    Json recipe = Json::array();
    for (const ValueDiff &value : compared.recipe)
        recipe.push_back(valueJson(value));
    printEvent({{"event", "diff"}, {"same", compared.same()}, {"added", nodesJson(after, compared.graph.added)},
        {"removed", nodesJson(before, compared.graph.removed)}, {"changed", std::move(changed)},
        {"added_wires", linksJson(after, compared.graph.addedLinks)}, {"removed_wires", linksJson(before, compared.graph.removedLinks)},
        {"recipe", std::move(recipe)}});
}

int diff(const DiffOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    std::vector<Project> projects;
    for (const std::string &path : {options.before, options.after}) {
        Result<LoadedProject> loaded = loadProjectOrRun(registry, path);
        if (!loaded) {
            reportFailure(loaded.error().text, options.json);
            return kTrouble;
        }
        printIssues(loaded->notes, true);
        projects.push_back(std::move(loaded->project));
    }
    const Compared compared{registry, std::move(projects[0]), std::move(projects[1])};
    if (options.json)
        printForPrograms(compared);
    else if (compared.same())
        std::cout << "The networks and how they are trained are the same.\n";
    else
        std::cout << differenceTable(compared, options);
    return compared.same() ? kSame : kDifferent;
}

} // namespace

void addDiffCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<DiffOptions>();
    CLI::App *command = app.add_subcommand("diff", "Say what differs between two projects or runs: nodes, parameters, wires, training");
    command->add_option("BEFORE", options->before, "A project, *.netloom, or the folder that training wrote")->required();
    command->add_option("AFTER", options->after, "What to compare with it, likewise")->required();
    command->add_flag("--json", options->json, "One JSON object on standard output");
    command->footer("Signs: + only in AFTER, - only in BEFORE, ~ in both and changed. Where nodes lie doesn't count.\n"
                    "Exit codes are diff's: 0 the same, 1 different, 2 a file could not be read or the usage was wrong.\n\n"
                    "Examples:\n  netloom-cli diff old.netloom new.netloom\n  netloom-cli diff runs/first clothes.netloom --json");
    command->callback([options, &action] { action = [options] { return diff(*options); }; });
}

} // namespace netloom::cli
