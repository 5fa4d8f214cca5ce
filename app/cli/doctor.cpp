// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "console.h"
#include "data/loader.h"
#include "inspect/data_doctor.h"
#include "progress.h"
#include "project_input.h"
#include "run/number_text.h"
#include "run/registry.h"
#include "text_table.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

constexpr std::size_t kNamesShown = 5;

struct DoctorOptions {
    std::string file;
    std::string data;
    bool json = false;
};

void printForPrograms(const DataFindings &findings, std::int64_t pictures)
{
    for (const DataFinding &finding : findings)
        printEvent({{"event", "finding"}, {"trouble", toString(finding.trouble)}, {"text", finding.text}, {"samples", finding.samples}, {"exclude", finding.exclude}});
    printEvent({{"event", "end"}, {"pictures", pictures}, {"findings", findings.size()}});
}

void printForPeople(const DataFindings &findings, std::int64_t pictures)
{
    for (const DataFinding &finding : findings) {
        std::cout << toString(finding.trouble) << ": " << printable(finding.text) << '\n';
        for (std::size_t index = 0; index < std::min(finding.samples.size(), kNamesShown); ++index)
            std::cout << "    " << printable(finding.samples[index]) << '\n';
        if (finding.samples.size() > kNamesShown)
            std::cout << "    and " << commaText(std::int64_t(finding.samples.size() - kNamesShown)) << " more\n";
    }
    std::cout << (findings.empty() ? "Nothing to mend in " : "Looked at ") << commaText(pictures) << " pictures";
    std::cout << (findings.empty() ? ".\n" : ", found " + commaText(std::int64_t(findings.size())) + ".\n");
}

int examine(const DoctorOptions &options)
{
    const NodeRegistry registry = fullRegistry();
    Result<Project> project = openProject(registry, options.file);
    if (!project)
        return reportFailure(project.error().text, options.json);
    if (!options.data.empty()) {
        if (const auto used = useData(*project, registry, options.data); !used)
            return reportFailure(used.error().text, options.json);
    }
    const auto source = openSource(project->graph, registry);
    if (!source)
        return reportFailure(source.error().text, options.json);
    if (!(*source)->facts().columns.empty())
        return reportFailure("The doctor looks at pictures, and these data are a table.", options.json);
    ProgressBar bar;
    DataDoctor doctor;
    const auto exams = doctor.examine(**source, [&bar](std::int64_t done, std::int64_t total) {
        bar.update("examining", done, total, "");
        return true;
    });
    bar.clear();
    const DataFindings findings = diagnose(**source, *exams);
    if (options.json)
        printForPrograms(findings, (*source)->size());
    else
        printForPeople(findings, (*source)->size());
    return kDone;
}

} // namespace

void addDoctorCommand(CLI::App &app, Action &action)
{
    auto options = std::make_shared<DoctorOptions>();
    CLI::App *command = app.add_subcommand("doctor", "Look for what is wrong with a project's pictures: unreadable, twice there, odd, uneven");
    command->add_option("FILE", options->file, "The project, *.netloom")->required();
    command->add_option("--data", options->data, "Folder with other data")->type_name("PATH");
    command->add_flag("--json", options->json, "One JSON object a line on standard output");
    command->footer("Finds unreadable files, the same picture in training and in validation or test (leak), in two classes, or twice,\n"
                    "odd sizes, shapes and colours, and uneven classes. Changes nothing.\n\n"
                    "Example:\n  netloom-cli doctor flowers.netloom");
    command->callback([options, &action] { action = [options] { return examine(*options); }; });
}

} // namespace netloom::cli
