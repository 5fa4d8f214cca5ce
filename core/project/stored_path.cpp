// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/stored_path.h"

#include <algorithm>
#include <iterator>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr int kMaxLevelsUp = 3;

/// Absolute, without "." and "..", without a slash at the end.
fs::path tidied(const fs::path &path)
{
    std::error_code error;
    fs::path absolute = fs::absolute(path, error);
    if (error)
        absolute = path;
    absolute = absolute.lexically_normal();
    if (!absolute.has_filename() && absolute.has_relative_path())
        absolute = absolute.parent_path();
    return absolute;
}

} // namespace

std::string storedPath(const std::string &path, const fs::path &folder)
{
    if (path.empty() || folder.empty() || fs::path(path).is_relative())
        return path;
    const fs::path target = tidied(path);
    const fs::path base = tidied(folder);
    const fs::path relative = target.lexically_relative(base);
    const auto levelsUp = std::ranges::count(relative, fs::path(".."));
    const auto depth = std::distance(base.begin(), base.end()) - 1; // without the root
    const bool shareOnlyRoot = levelsUp >= depth && levelsUp > 0;
    if (relative.empty() || levelsUp > kMaxLevelsUp || shareOnlyRoot)
        return target.generic_string();
    return relative.generic_string();
}

std::string loadedPath(const std::string &stored, const fs::path &folder)
{
    if (stored.empty() || folder.empty())
        return stored;
    return tidied(folder / stored).string();
}

} // namespace netloom
