// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop_program.h"

#include "run/child_program.h"

#include <filesystem>

namespace netloom::cli {

namespace {

/// The program beside this one; else the name, for the PATH.
std::string desktopProgram()
{
    std::error_code code;
    const auto beside = std::filesystem::path(ownProgram()).replace_filename("netloom");
    return std::filesystem::is_regular_file(beside, code) ? beside.string() : "netloom";
}

} // namespace

Result<int> runDesktopProgram(std::vector<std::string> arguments, const std::function<void(const std::string &)> &take)
{
    arguments.insert(arguments.begin(), desktopProgram());
    const Result<ChildEnd> ended = runChild({arguments}, take);
    if (!ended)
        return Error{"The program with the window, 'netloom', was found neither beside netloom-cli nor on the PATH: install or build it, too. "
            + ended.error().text};
    return ended->code;
}

} // namespace netloom::cli
