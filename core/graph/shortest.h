// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace netloom {

/// The fewest digits that give the same number when read again, with a point whatever the locale: "0.1", "5e-04".
std::string shortest(double number);

} // namespace netloom
