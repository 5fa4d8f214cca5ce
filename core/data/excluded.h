// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <string>
#include <unordered_set>

namespace netloom {

/// The list of samples that people leave out, each by its DataSource::name(); the files stay. A source of pictures has it as a
/// parameter and deals its samples out as if they were there, so that the others stay in their splits, before it drops them.
ParamDecl excludeDecl();

/// What the list in @p params names.
std::unordered_set<std::string> excludedNames(const Params &params);

} // namespace netloom
