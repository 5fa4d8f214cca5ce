// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace netloom {

/// A parameter on both sides of a comparison; nothing on a side that doesn't have it.
struct ValueDiff {
    std::string name;
    std::optional<ParamValue> before;
    std::optional<ParamValue> after;

    /// 3 and [3, 3] are the same for a pair.
    bool differs() const;
    friend bool operator==(const ValueDiff &, const ValueDiff &) = default;
};

/// Every parameter of either side, first in the order of @p decls. A declared one that a side lacks counts as its default.
std::vector<ValueDiff> diffParams(const std::vector<ParamDecl> &decls, const Params &before, const Params &after);

/// What can change at a node besides its parameters.
enum class NodeFact {
    Name,
    Type,
    Bypassed,
    Frozen,
    LrScale,
    Exposed,   ///< the parameters that the block around it shows: "kernel_size → size"
    WireOrder, ///< the wires at an input that takes several come in another order
};

struct FactDiff {
    NodeFact fact = NodeFact::Name;
    std::string before;
    std::string after;
    friend bool operator==(const FactDiff &, const FactDiff &) = default;
};

/// A node that is in both graphs, and differs.
struct NodeDiff {
    NodeId before;
    NodeId after;
    std::vector<FactDiff> facts;   ///< those that differ
    std::vector<ValueDiff> params; ///< all, so that they can be shown side by side
    friend bool operator==(const NodeDiff &, const NodeDiff &) = default;
};

/// What differs between two graphs. Positions, frames and unknown members of a file don't count: the network is the same with others.
struct GraphDiff {
    std::map<NodeId, NodeId> pairs;  ///< nodes of the graph after → the same node before
    std::vector<NodeId> added;       ///< of the graph after, in data-flow order; what is within an added block, too
    std::vector<NodeId> removed;     ///< of the graph before, likewise
    std::vector<NodeDiff> changed;   ///< in data-flow order of the graph after
    std::vector<Link> addedLinks;    ///< of the graph after
    std::vector<Link> removedLinks;  ///< of the graph before
    std::set<NodeId> changedInside;  ///< blocks of the graph after that hold a difference, at any depth

    bool empty() const { return added.empty() && removed.empty() && changed.empty() && addedLinks.empty() && removedLinks.empty(); }
    friend bool operator==(const GraphDiff &, const GraphDiff &) = default;
};

/// Compares two graphs. Nodes are the same that have the same path; of what is left in one block, those of the same type with the same
/// place in the wiring: wires between the same ports lead to the same neighbours. So a renamed node has changed, and one that went into a
/// block is removed there and added here. Takes time in proportion to nodes and wires.
GraphDiff diffGraphs(const NodeRegistry &registry, const Graph &before, const Graph &after);

/// The nodes of @p ids that lie in no block of @p ids: an added block stands for all that is within it.
std::vector<NodeId> outermost(const Graph &graph, const std::vector<NodeId> &ids);

/// The wires of @p links whose ends are both not in @p nodes: those that don't come or go with a node.
std::vector<Link> linksApartFrom(const std::vector<Link> &links, const std::vector<NodeId> &nodes);

/// "name", "type", "bypassed", "shown at the block", "order of wires".
std::string toString(NodeFact fact);

/// "conv1 → relu1", with the names of ports where a node has several.
std::string linkText(const Graph &graph, const NodeRegistry &registry, const Link &link);

} // namespace netloom
