// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace netloom {

/// @p text as a field of a CSV file: quoted where it must be.
std::string csvField(const std::string &text);

} // namespace netloom
