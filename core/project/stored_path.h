// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace netloom {

/// How a path is written into a project file in @p folder: relative, with '/', where it lies below the folder or at most
/// three levels up beside it; else absolute. An empty or relative path stays as it is.
std::string storedPath(const std::string &path, const std::filesystem::path &folder);

/// The inverse: absolute, unless @p folder is empty.
std::string loadedPath(const std::string &stored, const std::filesystem::path &folder);

} // namespace netloom
