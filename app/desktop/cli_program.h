// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace netloom {

/// netloom-cli: what NETLOOM_CLI names, else the program beside this one, else the name, for the PATH.
std::string cliProgram();

} // namespace netloom
