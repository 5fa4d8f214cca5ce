// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom::cli {

/// The whole program: reads the command line, does what it asks and gives the exit code.
int runCommandLine(int argc, const char *const *argv);

} // namespace netloom::cli
