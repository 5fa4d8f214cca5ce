// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace netloom {

/// A parameter's unit behind @p amount: "epochs", but "epoch" behind 1, and "px" behind any.
inline std::string unitBehind(double amount, std::string_view unit)
{
    const bool counts = unit.size() > 2 && unit.ends_with('s');
    if (amount != 1 || !counts)
        return std::string(unit);
    return std::string(unit.substr(0, unit.size() - (unit.ends_with("ches") ? 2 : 1)));
}

} // namespace netloom
