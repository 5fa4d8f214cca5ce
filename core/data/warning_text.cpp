// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/warning_text.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr std::size_t kNamesInWarning = 5;

} // namespace

std::string counted(std::int64_t count, const std::string &noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t index = 0; index < std::min(names.size(), kNamesInWarning); ++index)
        text += (index ? ", '" : "'") + names[index] + "'";
    if (names.size() > kNamesInWarning)
        text += " and " + std::to_string(names.size() - kNamesInWarning) + " more";
    return text;
}

} // namespace netloom
