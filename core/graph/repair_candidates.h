// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/repairs.h"

namespace netloom {

/// An issue in its graph, as the generators of candidates look at it.
struct RepairCase {
    const Graph &graph;
    const NodeRegistry &registry;
    const SourceFacts &facts;
    Inference inference;
    const Issue &issue;

    const Node *node() const { return graph.find(issue.node); }
    const NodeSpec *spec() const { return specOf(issue.node); }
    const NodeSpec *specOf(NodeId id) const;
    /// The node's parameters, complete.
    Params params(NodeId id) const;
    /// The shape that a wire carries.
    Shape shape(const Link &link) const { return inference.output(graph, registry, link.from); }
    /// The wires into the port that the issue names, or into all of the node's.
    std::vector<Link> wires() const;
    /// The shape of the first of wires(); empty where there is none.
    Shape inputShape() const;
    /// The nodes that the issue's node gets input from, through others, blocks and their borders too, nearest first; no blocks, dots
    /// and ports themselves.
    std::vector<const Node *> upstream() const;
    /// The layer or transform that the value of a wire really comes from: through dots, blocks and bypassed nodes. Null where there is none.
    const Node *realSourceOf(const Link &link) const;
    std::string quotedName() const;
};

/// What might mend the issue, not yet tried: groups in order of preference, of each of which the first that works is meant.
std::vector<std::vector<Repair>> repairCandidates(const RepairCase &given);

} // namespace netloom
