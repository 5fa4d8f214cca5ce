// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <utility>
#include <vector>

namespace netloom {

using ParamList = std::vector<std::pair<std::string, ParamValue>>; ///< what differs from the defaults

/// Puts graphs with blocks together: nodes go into the block that is open, wired to the node before unless told otherwise.
class NetBuilder {
public:
    explicit NetBuilder(const NodeRegistry &registry) : m_registry(registry) {}

    /// Adds a node and wires it to the one before; its output is what the next node gets.
    NodeId add(const std::string &type, const std::string &name, const ParamList &params = {});
    /// The same with wires from @p feeders, to the one input that takes several or to the inputs in their order.
    NodeId addAfter(const std::vector<NodeId> &feeders, const std::string &type, const std::string &name, const ParamList &params = {});
    /// The next add() goes on from @p node.
    void goOnFrom(NodeId node) { m_last = node; }
    /// The block around shows @p param of the node as @p name.
    void expose(NodeId node, const std::string &param, const std::string &name);

    /// Opens a block with one input after the node before; gives the block. input() is its BlockInput.
    NodeId enter(const std::string &name, std::int64_t repeat = 1);
    NodeId input() const { return m_scopes.back().input; }
    /// Ends the block with an output from the node before, on which the next node goes on.
    NodeId leave();

    void link(NodeId from, const std::string &output, NodeId to, const std::string &input);
    /// The graph with every block's inside, and the top level, laid out in layers.
    Graph finished();

private:
    struct Scope {
        NodeId block;
        NodeId input;
    };

    const NodeRegistry &m_registry;
    Graph m_graph;
    std::vector<Scope> m_scopes;
    NodeId m_last;
};

/// Lays the nodes of the block @p parent, or of the top level, out in layers, as cards of the usual size.
void layOut(Graph &graph, NodeId parent);

} // namespace netloom
