// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace netloom::cli {

// Exit codes.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;

/// What the command line asks for; called once it is parsed as a whole. Gives the exit code.
using Action = std::function<int()>;

// Each adds one command with its options to @p app, and sets @p action when people chose it.
void addTemplatesCommand(CLI::App &app, Action &action);
void addNewCommand(CLI::App &app, Action &action);
void addCheckCommand(CLI::App &app, Action &action);
void addDiffCommand(CLI::App &app, Action &action);
void addTrainCommand(CLI::App &app, Action &action);
void addResumeCommand(CLI::App &app, Action &action);
void addEvalCommand(CLI::App &app, Action &action);
void addPredictCommand(CLI::App &app, Action &action);
void addRunsCommand(CLI::App &app, Action &action);
void addDoctorCommand(CLI::App &app, Action &action);
void addSearchCommand(CLI::App &app, Action &action);
void addNodesCommand(CLI::App &app, Action &action);
void addWeightsCommand(CLI::App &app, Action &action);
void addBenchCommand(CLI::App &app, Action &action);

} // namespace netloom::cli
