// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace netloom {

struct ChildEnd {
    int code = 0;                ///< exit code, or 128 + the signal that ended it
    std::int64_t peakMemory = 0; ///< the most that lay in memory at a time, bytes
};

/// How a program is to be run.
struct ChildProgram {
    std::vector<std::string> words;                       ///< found on the PATH where the first has no slash
    std::vector<std::string> environment = {};            ///< "NAME=VALUE", on top of this program's
    bool quiet = false;                                   ///< what it writes on standard error is dropped
    std::function<void(std::int64_t process)> started = {}; ///< gets its number before it has written anything
};

/// Runs a program to its end and gives each line of its standard output to @p take. The error says why it can't be started.
Result<ChildEnd> runChild(const ChildProgram &program, const std::function<void(const std::string &)> &take);

/// Names the process that a program is to end with, in its environment.
inline constexpr char kParentVariable[] = "NETLOOM_PARENT";
/// For such a program: from now on it is ended when that process is gone, so that nobody trains for a search that was killed.
void endWithParent();

/// This program's own path.
std::string ownProgram();

} // namespace netloom
