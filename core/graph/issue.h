// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/ids.h"

#include <string>
#include <vector>

namespace netloom {

enum class Severity { Hint, Warning, Error };

/// Something about the graph that people should know: it never stops editing, an Error stops training.
struct Issue {
    Severity severity = Severity::Error;
    NodeId node;       ///< invalid when it concerns the whole graph
    std::string port;  ///< "" when it concerns the whole node
    std::string code;  ///< stable word: "not-flat"
    std::string text;  ///< a sentence with the node's name, the cause and the mend
    friend bool operator==(const Issue &, const Issue &) = default;
};

using Issues = std::vector<Issue>;

bool hasErrors(const Issues &issues);

} // namespace netloom
