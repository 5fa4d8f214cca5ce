// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/cli_program.h"

#include "run/child_program.h"

#include <cstdlib>
#include <filesystem>

namespace netloom {

std::string cliProgram()
{
    if (const char *named = std::getenv("NETLOOM_CLI"))
        return named;
    std::error_code code;
    const auto beside = std::filesystem::path(ownProgram()).replace_filename("netloom-cli");
    return std::filesystem::is_regular_file(beside, code) ? beside.string() : "netloom-cli";
}

} // namespace netloom
