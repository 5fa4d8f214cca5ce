// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <utility>
#include <vector>

namespace netloom {

/// One node of a template's chain.
struct TemplateStep {
    std::string type;
    std::string name;
    std::vector<std::pair<std::string, ParamValue>> params; ///< what differs from the defaults
    std::string output = {}; ///< what the next step takes; "" for the first that carries samples
};

/// A template's network as rows of cards; the data flows row by row, each from left to right.
using TemplateRows = std::vector<std::vector<TemplateStep>>;

/// Lays the rows out, joins each step with the next one and the source's labels with the loss.
Graph buildChain(const TemplateRows &rows, const NodeRegistry &registry);

} // namespace netloom
