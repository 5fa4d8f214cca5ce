// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <functional>
#include <string>
#include <vector>

namespace netloom::cli {

/// Starts the program with the window, `netloom`, which lies beside this one or on the PATH, and gives each line of its standard output to @p take.
/// Gives its exit code; the error says that it isn't there.
Result<int> runDesktopProgram(std::vector<std::string> arguments, const std::function<void(const std::string &)> &take);

} // namespace netloom::cli
