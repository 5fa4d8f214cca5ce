// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/rules.h"

namespace netloom {

/// The sizes that a list parameter gives for a sample of @p elements numbers, or for one axis of that size: one of them may be -1, for what
/// is left; all may where @p elements isn't known. Misfits name @p param.
std::variant<std::vector<std::int64_t>, Misfit> filledSizes(const Params &params, const std::string &param, std::int64_t elements, const std::string &what);

/// A line for every axis of the first output: what it came from.
std::vector<std::string> explainSizes(const Inferred &inferred, const std::string &param);

} // namespace netloom
