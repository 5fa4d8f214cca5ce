// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/cache_folder.h"

#include <cstdlib>
#include <system_error>

namespace netloom {

std::filesystem::path cacheFolder(const std::string &name)
{
    const char *own = std::getenv("XDG_CACHE_HOME");
    const char *home = std::getenv("HOME");
    std::filesystem::path folder;
    if (own && *own == '/')
        folder = own;
    else if (home && *home)
        folder = std::filesystem::path(home) / ".cache";
    else
        return {};
    folder = folder / "netloom" / name;
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    return failure ? std::filesystem::path() : folder;
}

} // namespace netloom
