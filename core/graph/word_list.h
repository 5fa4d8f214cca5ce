// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace netloom {

/// "a, b, c"
std::string joined(const std::vector<std::string> &words, std::string_view between = ", ");

/// "a, b and c"
std::string enumerated(const std::vector<std::string> &words);

} // namespace netloom
