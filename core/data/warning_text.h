// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace netloom {

/// "3 pictures", "1 picture"
std::string counted(std::int64_t count, const std::string &noun);

/// "'a', 'b' and 7 more": the first few of @p names.
std::string listed(const std::vector<std::string> &names);

} // namespace netloom
