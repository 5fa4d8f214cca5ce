// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <string>
#include <vector>

namespace netloom {

/// "There is no WHAT 'name'; the nearest: a, b, c.": of @p valid those that are spelled most alike.
Error unknownName(const std::string &name, const std::string &what, std::vector<std::string> valid);

} // namespace netloom
