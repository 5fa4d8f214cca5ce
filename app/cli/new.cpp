// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "project/templates.h"
#include "project_input.h"
#include "run/registry.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace netloom::cli {

namespace {

struct NewOptions {
    std::string name;
    std::string file;
    std::string data;
};

int createProject(const NewOptions &options)
{
    const ProjectTemplate *from = findTemplate(options.name);
    if (!from) {
        std::string names;
        for (const ProjectTemplate &one : projectTemplates())
            names.append(names.empty() ? "" : ", ").append(one.id);
        return reportUsage("There is no template '" + options.name + "'; there are: " + names + ".");
    }
    if (!options.data.empty() && from->dataParam.empty())
        return reportUsage("The template '" + options.name + "' makes its own data: leave --data out.");
    const NodeRegistry registry = fullRegistry();
    const Project project = makeProject(*from, registry, options.data.empty() ? "" : absolutePath(options.data));
    const Result<Done> saved = saveProject(project, registry, options.file);
    if (!saved)
        return reportFailure(saved.error().text);
    std::cout << "Wrote " << options.file << '\n';
    if (!hasData(project, registry))
        std::cout << "Its data is not set yet: give it with --data here or in training.\n";
    return kDone;
}

} // namespace

void addNewCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<NewOptions>();
    CLI::App *command = app.add_subcommand("new", "Write a project from a template");
    command->add_option("TEMPLATE", options->name, "One of those that 'templates' lists")->required();
    command->add_option("-o,--output", options->file, "The project file to write, *.netloom")->required()->type_name("FILE");
    command->add_option("--data", options->data, "The folder or the table with the data")->type_name("PATH");
    command->footer("Examples:\n  netloom-cli new cnn-fashion-mnist -o clothes.netloom\n"
                    "  netloom-cli new cnn-image-folder -o flowers.netloom --data ~/pictures/flowers\n"
                    "  netloom-cli new table-classification -o iris.netloom --data iris.csv");
    command->callback([options, &action] { action = [options] { return createProject(*options); }; });
}

} // namespace netloom::cli
