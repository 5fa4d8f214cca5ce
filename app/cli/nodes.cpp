// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "graph/structure.h"
#include "project/block_library.h"
#include "run/registry.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Json = nlohmann::ordered_json;

struct NodesOptions {
    std::string type;
    bool json = false;
};

std::string typeText(ParamType type)
{
    switch (type) {
    case ParamType::Bool: return "bool";
    case ParamType::Int: return "int";
    case ParamType::Real: return "real";
    case ParamType::Choice: return "choice";
    case ParamType::Text: return "text";
    case ParamType::Path: return "path";
    case ParamType::IntPair: return "int or pair";
    case ParamType::RealList: return "reals";
    case ParamType::TextList: return "texts";
    }
    return {};
}

Json portsJson(const std::vector<PortDecl> &ports)
{
    Json list = Json::array();
    for (const PortDecl &port : ports)
        list.push_back({{"name", port.name}, {"kind", toString(port.kind)}, {"variadic", port.variadic}, {"doc", port.doc}});
    return list;
}

Json paramJson(const ParamDecl &decl)
{
    Json json{{"name", decl.name}, {"type", typeText(decl.type)}};
    json["default"] = std::visit([](const auto &value) { return Json(value); }, decl.fallback);
    json["min"] = decl.min ? Json(*decl.min) : Json();
    json["max"] = decl.max ? Json(*decl.max) : Json();
    json["choices"] = decl.choices;
    json["unit"] = decl.unitText;
    json["doc"] = decl.docText;
    return json;
}

void printJson(const NodeSpec &spec)
{
    Json params = Json::array();
    for (const ParamDecl &decl : spec.params)
        params.push_back(paramJson(decl));
    printEvent({{"event", "node"}, {"type", spec.type}, {"category", toString(spec.category)}, {"keywords", spec.keywords},
        {"doc", spec.doc}, {"inputs", portsJson(spec.inputs)}, {"outputs", portsJson(spec.outputs)}, {"params", params}});
}

/// "Conv2d(out_channels=16, kernel_size=3)"
std::string signature(const NodeSpec &spec)
{
    std::string text;
    for (const ParamDecl &decl : spec.params) {
        const std::string value = formatParam(decl.fallback);
        text += (text.empty() ? "" : ", ") + decl.name + "=" + (value.empty() ? "''" : value);
    }
    return spec.type + "(" + text + ")";
}

std::string portsText(const std::vector<PortDecl> &ports)
{
    std::string text;
    for (const PortDecl &port : ports)
        text += (text.empty() ? "" : ", ") + port.name + ": " + toString(port.kind) + (port.variadic ? " (any number)" : "");
    return text.empty() ? "none" : text;
}

void printDetails(const NodeSpec &spec)
{
    std::cout << spec.type << " (" << toString(spec.category) << ")\n" << spec.doc << "\n\nInputs:  " << portsText(spec.inputs)
              << "\nOutputs: " << portsText(spec.outputs) << '\n';
    if (spec.params.empty())
        return;
    TextTable table({{"parameter"}, {"type"}, {"default"}, {"allowed"}, {"effect"}});
    for (const ParamDecl &decl : spec.params) {
        std::string allowed;
        if (decl.min || decl.max)
            allowed = (decl.min ? formatParam(*decl.min) : "") + " … " + (decl.max ? formatParam(*decl.max) : "");
        for (const std::string &choice : decl.choices)
            allowed += (allowed.empty() ? "" : ", ") + choice;
        if (!decl.unitText.empty())
            allowed += (allowed.empty() ? "" : " ") + decl.unitText;
        table.addRow({decl.name, typeText(decl.type), formatParam(decl.fallback), allowed, decl.docText});
    }
    std::cout << '\n' << table.text();
}

void printCatalogue(const NodeRegistry &registry)
{
    for (const Category category : allCategories()) {
        bool first = true;
        for (const auto &spec : registry.all()) {
            if (spec->category != category)
                continue;
            if (first)
                std::cout << toString(category) << '\n';
            first = false;
            std::cout << "  " << signature(*spec) << "\n      " << spec->doc << '\n';
        }
        if (!first)
            std::cout << '\n';
    }
    std::cout << "Details of one type: netloom-cli nodes TYPE\n";
}

/// The catalogue with the parameters that blocks show, which are those of nodes inside.
NodeRegistry catalogue()
{
    const NodeRegistry types = fullRegistry();
    NodeRegistry shown;
    for (const auto &type : types.all()) {
        NodeSpec spec = *type;
        if (const auto block = makeLibraryBlock(spec.type, types)) {
            spec.params = types.find(kBlockType)->params;
            for (ExposedParam &param : exposedParams(*block, types, block->childrenOf({}).front())) {
                param.decl.fallback = param.value;
                spec.params.push_back(std::move(param.decl));
            }
        }
        shown.add(std::move(spec));
    }
    return shown;
}

int showNodes(const NodesOptions &options)
{
    const NodeRegistry registry = catalogue();
    if (!options.type.empty()) {
        const NodeSpec *spec = registry.find(options.type);
        if (!spec)
            return reportUsage("There is no node type '" + options.type + "': 'netloom-cli nodes' lists them all.");
        options.json ? printJson(*spec) : printDetails(*spec);
        return kDone;
    }
    if (!options.json) {
        printCatalogue(registry);
        return kDone;
    }
    for (const auto &spec : registry.all())
        printJson(*spec);
    return kDone;
}

} // namespace

void addNodesCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<NodesOptions>();
    CLI::App *command = app.add_subcommand("nodes", "Show the catalogue: types, parameters, ports, what they do");
    command->add_option("TYPE", options->type, "Show all about one type");
    command->add_flag("--json", options->json, "One JSON object a line");
    command->footer("Examples:\n  netloom-cli nodes\n  netloom-cli nodes Conv2d\n  netloom-cli nodes --json");
    command->callback([options, &action] { action = [options] { return showNodes(*options); }; });
}

} // namespace netloom::cli
