// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/infer_shapes.h"

namespace netloom {

/// A way to mend an issue: the whole graph after it, so that a preview and an undo step follow from the difference.
struct Repair {
    std::string text; ///< "Add Flatten before 'fc1'"
    Graph graph;
};

/// Ways to mend @p issue of @p graph, best first, at most four. Each was tried through inferShapes(): the issue is gone and no error is new,
/// but for those of nodes behind that could not be seen before, of which fewer are better. Empty where nothing that is known helps.
std::vector<Repair> repairsFor(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Issue &issue,
    const MemoryBudget &budget = {});

} // namespace netloom
