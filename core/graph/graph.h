// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/ids.h"
#include "graph/node_registry.h"
#include "graph/param.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace netloom {

/// A position on the canvas, in scene units (px at 100 %).
struct Point {
    double x = 0;
    double y = 0;
    friend bool operator==(const Point &, const Point &) = default;
};

/// One node of a graph. `type` may be unknown to this version: the node is then a placeholder that survives saving.
struct Node {
    NodeId id;
    std::string type;
    std::string name;  ///< unique among the nodes of one block, letters, digits, '_' and '-'
    Params params;
    Point position;
    NodeId parent;         ///< the block that holds it; none on the top level
    bool bypassed = false; ///< what comes in goes out as it is
    bool frozen = false;   ///< its weights stay as they are in training; of a block those of all nodes within
    double lrScale = 1;    ///< its weights learn with this times the learning rate; a block's counts on top of those of the nodes within
    std::map<std::string, std::string> exposed; ///< parameters that the block around it shows as its own, and their names there
    std::string extra; ///< JSON members that this version doesn't know, as text; written back when saving
    friend bool operator==(const Node &, const Node &) = default;
};

/// Nodes and links as plain values: no rules here beyond "a link's nodes exist"; checkLink() holds the rules,
/// so that a file from a newer version, or a half-built graph, can be held and edited too.
class Graph {
public:
    const std::map<NodeId, Node> &nodes() const { return m_nodes; }
    const std::vector<Link> &links() const { return m_links; }
    bool empty() const { return m_nodes.empty(); }

    const Node *find(NodeId id) const;
    /// Among the nodes of the block @p parent, or on the top level.
    const Node *findByName(std::string_view name, NodeId parent = {}) const;

    /// Adds @p node; an invalid id gets the next free one, an empty or taken name becomes a free one, a parent that isn't there is
    /// none. Gives the id.
    NodeId addNode(Node node);
    /// Adds a node of type @p spec with its defaults.
    NodeId addNode(const NodeSpec &spec, Point position = {});
    /// Adds @p node as it is: for copies that are not edited, whose names may be paths ("layer1.conv1").
    void insertNode(Node node);
    /// Takes the place of the node with the same id; links stay.
    void replaceNode(Node node);

    /// Removes the node, the nodes within it, and their links. Unknown ids are ignored.
    void removeNode(NodeId id);

    void setParam(NodeId id, const std::string &name, ParamValue value);
    void setParams(NodeId id, Params params);
    void setPosition(NodeId id, Point position);
    void setBypassed(NodeId id, bool bypassed);
    void setLearning(NodeId id, bool frozen, double lrScale);
    void setExposed(NodeId id, std::map<std::string, std::string> exposed);
    /// Puts the node into the block @p parent, or on the top level; a name that is taken there becomes a free one. Links stay.
    void setParent(NodeId id, NodeId parent);
    /// Wires at a block's port follow its new name. False when the name is taken or isn't a valid name.
    bool rename(NodeId id, const std::string &name);

    /// Adds @p link before the link at @p index (default: last), so that undo can restore the order.
    /// False when a node is missing or the same link exists.
    bool addLink(const Link &link, std::optional<std::size_t> index = {});
    /// Gives the index the link had, or nothing when there is no such link.
    std::optional<std::size_t> removeLink(const Link &link);

    /// Links that end at @p port (or at any port of a node), in link order.
    std::vector<Link> linksInto(const PortRef &port) const;
    std::vector<Link> linksInto(NodeId node) const;
    std::vector<Link> linksFrom(NodeId node) const;
    /// Links at the node, both directions, with their index, in link order.
    std::vector<std::pair<std::size_t, Link>> linksAt(NodeId node) const;

    /// "conv2d", "conv2d_2", ...: a free name made from a type or a wish.
    std::string freeName(std::string_view wish, NodeId parent = {}) const;

    /// The nodes right inside a block (or on the top level), and those at any depth; in id order.
    std::vector<NodeId> childrenOf(NodeId parent) const;
    std::vector<NodeId> allWithin(NodeId block) const;
    /// True when @p block is around the node, at any depth.
    bool isWithin(NodeId id, NodeId block) const;

    /// Every node after all nodes it gets input from; ties in id order. Nothing when there is a cycle.
    std::optional<std::vector<NodeId>> topologicalOrder() const;

    /// topologicalOrder(), or the order of the ids where a cycle leaves none.
    std::vector<NodeId> dataFlowOrder() const;

    /// True when there is a path of links from @p from to @p to (a node reaches itself).
    bool reaches(NodeId from, NodeId to) const;

    /// Equal nodes and equal links in equal order.
    friend bool operator==(const Graph &a, const Graph &b) { return a.m_nodes == b.m_nodes && a.m_links == b.m_links; }

private:
    using Neighbours = std::unordered_map<NodeId, std::vector<NodeId>>;

    void addName(const Node &node);
    void removeName(const Node &node);
    bool hasLinks(NodeId node) const;

    std::map<NodeId, Node> m_nodes;
    std::vector<Link> m_links;
    Neighbours m_next;     ///< the nodes that each node's links lead to, once for every link, in no order
    Neighbours m_previous; ///< ... and come from
    std::map<NodeId, std::multimap<std::string, NodeId, std::less<>>> m_names; ///< by block
    std::int64_t m_nextId = 1;
};

/// How much faster or slower than others a node may learn.
inline constexpr double kMostLrScale = 1000;
inline bool isLrScale(double scale) { return scale >= 0 && scale <= kMostLrScale; }

/// "Conv2d 'conv1'": how sentences name a node.
std::string nodeTitle(const Node &node);

/// True for a name people and files can use: letters, digits, '_' and '-', at least one.
bool isValidNodeName(std::string_view name);

} // namespace netloom
