// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

inline constexpr char kBranchesGroup[] = "Branches and arithmetic"; ///< in the palette: what joins wires and computes with them

/// A layer that computes number by number with its inputs, which have equal shapes or size 1 where they differ.
/// @p verb completes "Mul 'mul' ... inputs of equal shape": "multiplies".
NodeSpec elementwise(std::string type, std::vector<std::string> keywords, std::string doc, std::string verb);

} // namespace netloom
