// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace netloom {

/// The user's cache folder for @p name, made where it is missing: ~/.cache/netloom/NAME, or below $XDG_CACHE_HOME. What lies there may be
/// deleted at any time. "" where there is none.
std::filesystem::path cacheFolder(const std::string &name);

} // namespace netloom
