// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/flatten.h"
#include "graph/issue.h"
#include "graph/source_facts.h"

#include <map>

namespace netloom {

/// What is known of one node after inference.
struct NodeShapes {
    ShapeList inputs;  ///< in port order, a variadic port's wires in link order; empty shapes where unknown
    ShapeList outputs; ///< in port order; empty shapes where unknown
    std::int64_t parameters = 0;
    std::int64_t multiplyAdds = 0; ///< for one sample, forward
    bool known = false; ///< true when the node could be inferred
};

/// Shapes of every port, cost of every node, and everything that is wrong with the graph.
struct Inference {
    std::map<NodeId, NodeShapes> nodes; ///< a block's cost is that of all nodes within it, repeated; theirs that of one copy
    Issues issues; ///< errors first, then warnings, then hints; in data-flow order inside
    std::map<PortRef, PortRef> sources; ///< as in FlatGraph
    std::int64_t totalParameters = 0;
    std::int64_t totalMultiplyAdds = 0;

    /// Shape at an output port; empty when unknown.
    Shape output(const Graph &graph, const NodeRegistry &registry, const PortRef &port) const;
    std::int64_t parameters() const { return totalParameters; }
    std::int64_t multiplyAdds() const { return totalMultiplyAdds; }
};

/// What a training may take and how it is run, told from outside; with a 0 nothing is said about memory.
struct MemoryBudget {
    std::int64_t bytes = 0;     ///< the machine's memory
    std::int64_t batchSize = 0; ///< samples
    friend bool operator==(const MemoryBudget &, const MemoryBudget &) = default;
};

/// Infers every port's shape. Never fails: a graph with faults gives issues, and shapes as far as they are known.
/// @p facts is what a look at the data found; a default one means that nobody has looked yet.
Inference inferShapes(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const MemoryBudget &budget = {});
/// The same for a flattened graph, without warnings: ids, issues and costs are those of its nodes, copies included.
Inference inferFlatShapes(const FlatGraph &flat, const NodeRegistry &registry, const SourceFacts &facts);

/// The keywords of a parameter for the number of classes: unknown until the data tells, and 1000 (as ImageNet has) until then.
inline constexpr char kClassesKeyword[] = "classes";
inline constexpr char kClassesOr1000Keyword[] = "classes or 1000";

/// The parameters of a node of type @p spec, complete: the defaults, the node's values, and the number of classes in the place of its
/// keywords where it is known.
Params resolvedParams(const NodeSpec &spec, const Node &node, const SourceFacts &facts);

/// The type of the loss that suits what the data gives to learn: classes, labels or a number.
const char *usualLoss(const SourceFacts &facts);

/// The one way from the source to the layers: the source, then the transforms in order.
struct Pipeline {
    NodeId source;
    std::vector<NodeId> transforms;
};

/// The losses of a flattened graph. The main one, which predictions come from, is the first: the one with main_head set, or the one whose
/// input lies deepest in the data flow.
std::vector<const Node *> lossesOf(const Graph &graph, const NodeRegistry &registry);

/// The graph's pipeline, as far as it goes; a missing source gives an invalid id. Branches count as faults
/// which inferShapes() reports; here the first in link order is followed.
Pipeline findPipeline(const Graph &graph, const NodeRegistry &registry);
/// The same with the flattened graph's ids.
Pipeline findPipeline(const FlatGraph &flat, const NodeRegistry &registry);

} // namespace netloom
