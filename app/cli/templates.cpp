// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/templates.h"

#include "commands.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace netloom::cli {

void addTemplatesCommand(CLI::App &app, Action &action)
{
    CLI::App *command = app.add_subcommand("templates", "List the projects to start from");
    command->footer("Example:\n  netloom-cli templates");
    command->callback([&action] {
        action = [] {
            TextTable table({{"template"}, {"title"}, {"what it is"}});
            for (const ProjectTemplate &one : projectTemplates()) {
                std::string lines = one.lines;
                std::ranges::replace(lines, '\n', ' ');
                table.addRow({one.id, one.title, lines});
            }
            std::cout << table.text();
            return kDone;
        };
    });
}

} // namespace netloom::cli
