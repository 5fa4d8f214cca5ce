// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <optional>

namespace netloom {

/// What the spec of a step for a table's rows starts with: numbers in, numbers out.
NodeSpec tableTransform(std::string type, std::vector<std::string> keywords, std::string doc);

/// What is wrong with the input of such a step, which is fitted to the data's columns; @p verb "scales" for the sentence.
std::optional<Misfit> tableMisfit(const InferInput &input, const std::string &verb);

} // namespace netloom
