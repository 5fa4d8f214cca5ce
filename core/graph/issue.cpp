// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/issue.h"

#include <algorithm>

namespace netloom {

bool hasErrors(const Issues &issues)
{
    return std::ranges::any_of(issues, [](const Issue &issue) { return issue.severity == Severity::Error; });
}

} // namespace netloom
