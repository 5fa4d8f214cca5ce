// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace netloom::cli {

struct ChildEnd {
    int code = 0;                ///< exit code, or 128 + the signal that ended it
    std::int64_t peakMemory = 0; ///< the most that lay in memory at a time, bytes
};

/// Runs a program, from the PATH where its name has no slash, with @p environment ("NAME=VALUE") on top of this one's, and gives each line of
/// its standard output to @p take. The error says why it can't be started.
Result<ChildEnd> runChild(const std::vector<std::string> &words, const std::vector<std::string> &environment,
    const std::function<void(const std::string &)> &take);

/// This program's own path.
std::string ownProgram();

} // namespace netloom::cli
