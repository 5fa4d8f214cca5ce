// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"

#include "commands.h"
#include "console.h"
#include "train/trainer.h"

#include <CLI/CLI.hpp>
#include <exception>

namespace netloom::cli {

int runCommandLine(int argc, const char *const *argv)
{
    CLI::App app{"Netloom: assemble, train and understand neural networks. This is the program without a window."};
    app.name("netloom-cli");
    app.require_subcommand(1);
    app.set_version_flag("--version", [] { return "netloom-cli " NETLOOM_VERSION " (LibTorch " + torchVersion() + ")"; });
    app.footer("Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped with Ctrl-C; diff has its own.\n\n"
               "Example:\n  netloom-cli new cnn-fashion-mnist -o clothes.netloom\n  netloom-cli train clothes.netloom --epochs 2");
    Action action;
    addTemplatesCommand(app, action);
    addNewCommand(app, action);
    addCheckCommand(app, action);
    addDiffCommand(app, action);
    addTrainCommand(app, action);
    addResumeCommand(app, action);
    addEvalCommand(app, action);
    addPredictCommand(app, action);
    addRunsCommand(app, action);
    addDoctorCommand(app, action);
    addSearchCommand(app, action);
    addNodesCommand(app, action);
    addWeightsCommand(app, action);
    addBenchCommand(app, action);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? kDone : kUsage;
    }
    try {
        return action();
    } catch (const std::exception &error) {
        return reportFailure(error.what());
    }
}

} // namespace netloom::cli
