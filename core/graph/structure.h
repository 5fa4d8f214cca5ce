// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <optional>

namespace netloom {

// The node types that give a graph its structure and compute nothing.
inline constexpr char kBlockType[] = "Block";             ///< holds nodes: those whose `parent` it is
inline constexpr char kBlockInputType[] = "BlockInput";   ///< inside a block: one of its inputs, under the node's name
inline constexpr char kBlockOutputType[] = "BlockOutput"; ///< inside a block: one of its outputs, under the node's name
inline constexpr char kRerouteType[] = "Reroute";         ///< a dot that a wire goes through
inline constexpr char kFrameType[] = "Frame";             ///< a titled area behind nodes
inline constexpr char kRepeatParam[] = "repeat";          ///< of a block: how many copies follow one another

/// The ports of one node: those of its type, or those that its wires and its inside give it.
class NodePorts {
public:
    explicit NodePorts(const NodeSpec *spec) : m_spec(spec) {}
    NodePorts(std::vector<PortDecl> inputs, std::vector<PortDecl> outputs)
        : m_inputs(std::move(inputs)), m_outputs(std::move(outputs)) {}

    const std::vector<PortDecl> &inputs() const { return m_spec ? m_spec->inputs : m_inputs; }
    const std::vector<PortDecl> &outputs() const { return m_spec ? m_spec->outputs : m_outputs; }
    const PortDecl *findInput(std::string_view name) const;
    const PortDecl *findOutput(std::string_view name) const;

private:
    const NodeSpec *m_spec = nullptr;
    std::vector<PortDecl> m_inputs;
    std::vector<PortDecl> m_outputs;
};

/// The ports of @p node, which is in @p graph or is to be added to it; none for an unknown type.
NodePorts portsOf(const Graph &graph, const NodeRegistry &registry, const Node &node);

/// What travels through @p port: declared by an ordinary type; through dots and blocks that of the node at the far end, at the
/// front or behind; PortKind::Any where nothing is connected.
PortKind kindAt(const Graph &graph, const NodeRegistry &registry, const PortRef &port, bool output);

/// The output that the value at output @p port really comes from: through dots, blocks and bypassed nodes; nothing where a wire is missing.
std::optional<PortRef> realSource(const Graph &graph, const NodeRegistry &registry, PortRef port);

/// A block's BlockInput or BlockOutput nodes in the order of its ports: from top to bottom.
std::vector<const Node *> blockPorts(const Graph &graph, NodeId block, std::string_view type);
/// The same where the nodes inside the block are known.
std::vector<const Node *> blockPorts(const std::vector<const Node *> &inside, std::string_view type);

/// Whether a node can be bypassed: something comes out that is of a kind which goes in.
bool canBypass(const Graph &graph, const NodeRegistry &registry, const Node &node);
/// The input that goes straight to output @p port while the node is bypassed; "" where none does.
std::string passedInput(const Graph &graph, const NodeRegistry &registry, const Node &node, const std::string &port);

/// A parameter inside a block as the block shows it: @p name sets @p param of all of @p nodes alike.
struct ExposedParam {
    std::string name;
    ParamDecl decl;                                     ///< as the first of them declares it, under the exposed name
    ParamValue value;
    std::vector<std::pair<NodeId, std::string>> targets; ///< nodes (never blocks) and their parameters
};
/// What @p block exposes, through blocks within as well; in the order of the nodes inside.
std::vector<ExposedParam> exposedParams(const Graph &graph, const NodeRegistry &registry, NodeId block);

/// The nodes to list for people, in data-flow order and what is within a block right behind it; no dots, frames and block ports. In the order
/// of their ids where a cycle leaves no other.
std::vector<const Node *> listedNodes(const Graph &graph);

/// The type as a list shows it: "Block ×3", "ReLU, bypassed".
std::string listedType(const Node &node);

/// "layer1.conv1": the names of the blocks around the node and its own.
std::string pathOf(const Graph &graph, const Node &node);
/// The inverse; null where there is no such node.
const Node *findByPath(const Graph &graph, std::string_view path);

} // namespace netloom
