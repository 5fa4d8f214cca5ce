// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/blocks.h"

#include "graph/structure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace netloom {

namespace {

constexpr double kPortGap = 260; ///< from the outermost nodes to the block's ports
constexpr double kPortPitch = 80;

/// A node outside of @p nodes that is fed by them and feeds them; null where there is none.
const Node *nodeBetween(const Graph &graph, const std::set<NodeId> &nodes)
{
    for (const Link &out : graph.links()) {
        if (!nodes.contains(out.from.node) || nodes.contains(out.to.node))
            continue;
        for (const NodeId id : nodes) {
            if (graph.reaches(out.to.node, id))
                return graph.find(out.to.node);
        }
    }
    return nullptr;
}

struct Box {
    double left = std::numeric_limits<double>::infinity();
    double top = std::numeric_limits<double>::infinity();
    double right = -std::numeric_limits<double>::infinity();
    double bottom = -std::numeric_limits<double>::infinity();
};

Box boxOf(const Graph &graph, const std::set<NodeId> &nodes)
{
    Box box;
    for (const NodeId id : nodes) {
        const Point at = graph.find(id)->position;
        box = {std::min(box.left, at.x), std::min(box.top, at.y), std::max(box.right, at.x), std::max(box.bottom, at.y)};
    }
    return box;
}

class Collapse {
public:
    Collapse(Graph &graph, const NodeRegistry &registry, const std::set<NodeId> &nodes)
        : m_graph(graph), m_registry(registry), m_nodes(nodes), m_box(boxOf(graph, nodes)) {}

    NodeId run(const std::string &name)
    {
        Node block;
        block.type = kBlockType;
        block.name = name;
        block.parent = m_graph.find(*m_nodes.begin())->parent;
        block.position = {std::round((m_box.left + m_box.right) / 40) * 20, std::round((m_box.top + m_box.bottom) / 40) * 20};
        if (const NodeSpec *spec = m_registry.find(kBlockType))
            block.params = Params::defaults(spec->params);
        m_block = m_graph.addNode(std::move(block));
        const std::vector<Link> links = m_graph.links();
        for (const NodeId id : m_nodes)
            m_graph.setParent(id, m_block);
        for (const Link &link : links) {
            const bool fromInside = m_nodes.contains(link.from.node);
            const bool toInside = m_nodes.contains(link.to.node);
            if (toInside && !fromInside)
                leadIn(link);
            else if (fromInside && !toInside)
                leadOut(link);
        }
        for (const NodeId id : m_nodes)
            openFreePorts(*m_graph.find(id));
        return m_block;
    }

private:
    void leadIn(const Link &link)
    {
        auto &port = m_inputs[link.from];
        const std::size_t index = *m_graph.removeLink(link);
        if (!port.valid()) {
            port = addPort(kBlockInputType, link.to, m_box.left - kPortGap);
            m_graph.addLink({link.from, {m_block, m_graph.find(port)->name}}, index);
        }
        m_graph.addLink({{port, "output"}, link.to});
    }

    void leadOut(const Link &link)
    {
        auto &port = m_outputs[link.from];
        const std::size_t index = *m_graph.removeLink(link);
        if (!port.valid()) {
            port = addPort(kBlockOutputType, link.from, m_box.right + kPortGap);
            m_graph.addLink({link.from, {port, "input"}});
        }
        m_graph.addLink({{m_block, m_graph.find(port)->name}, link.to}, index);
    }

    void openFreePorts(const Node &node)
    {
        const NodePorts ports = portsOf(m_graph, m_registry, node);
        for (const PortDecl &input : ports.inputs()) {
            const PortRef at{node.id, input.name};
            if (m_graph.linksInto(at).empty())
                m_graph.addLink({{addPort(kBlockInputType, at, m_box.left - kPortGap), "output"}, at});
        }
        for (const PortDecl &output : ports.outputs()) {
            const PortRef at{node.id, output.name};
            if (std::ranges::find(m_graph.links(), at, &Link::from) == m_graph.links().end())
                m_graph.addLink({at, {addPort(kBlockOutputType, at, m_box.right + kPortGap), "input"}});
        }
    }

    /// Beside the node inside that it belongs to, below the ports that are there.
    NodeId addPort(const char *type, const PortRef &inside, double x)
    {
        double &free = type == kBlockInputType ? m_freeInput : m_freeOutput;
        const double y = std::max(m_graph.find(inside.node)->position.y, free);
        free = y + kPortPitch;
        Node port;
        port.type = type;
        port.name = inside.port == "inputs" ? "input" : inside.port;
        port.parent = m_block;
        port.position = {x, y};
        return m_graph.addNode(std::move(port));
    }

    Graph &m_graph;
    const NodeRegistry &m_registry;
    const std::set<NodeId> &m_nodes;
    Box m_box;
    NodeId m_block;
    std::map<PortRef, NodeId> m_inputs;  ///< outputs outside → the block's input for them
    std::map<PortRef, NodeId> m_outputs; ///< outputs inside → the block's output for them
    double m_freeInput = -std::numeric_limits<double>::infinity();
    double m_freeOutput = -std::numeric_limits<double>::infinity();
};

} // namespace

Result<NodeId> collapseIntoBlock(Graph &graph, const NodeRegistry &registry, std::set<NodeId> nodes, const std::string &name)
{
    std::erase_if(nodes, [&](NodeId id) {
        const Node *node = graph.find(id);
        return !node || node->type == kBlockInputType || node->type == kBlockOutputType;
    });
    if (nodes.empty())
        return Error{"There is nothing to make a block of: select nodes first."};
    const NodeId parent = graph.find(*nodes.begin())->parent;
    if (std::ranges::any_of(nodes, [&](NodeId id) { return graph.find(id)->parent != parent; }))
        return Error{"These nodes lie in different blocks: select nodes of one."};
    if (const Node *between = nodeBetween(graph, nodes))
        return Error{"'" + between->name + "' lies between these nodes, so that the block would feed itself: select it too."};
    return Collapse(graph, registry, nodes).run(name);
}

Result<std::vector<NodeId>> expandBlock(Graph &graph, NodeId block)
{
    const Node *found = graph.find(block);
    if (!found || found->type != kBlockType)
        return Error{"This is no block."};
    const Node outer = *found;
    if (outer.params.has(kRepeatParam) && outer.params.integer(kRepeatParam) > 1)
        return Error{"Block '" + outer.name + "' is repeated, and its copies have no cards of their own: set repeat to 1 first."};

    // What each port stands for: inside the block for wires from outside, and the other way round.
    std::vector<Link> joined;
    for (const Link &link : graph.links()) {
        const Node *source = graph.find(link.from.node);
        const Node *target = graph.find(link.to.node);
        if (target->parent == block && source->type == kBlockInputType) {
            for (const Link &feeder : graph.linksInto(PortRef{block, source->name})) {
                if (target->type != kBlockOutputType)
                    joined.push_back({feeder.from, link.to});
            }
        } else if (source->id == block) {
            const Node *port = graph.findByName(link.from.port, block);
            for (const Link &feeder : port ? graph.linksInto(port->id) : std::vector<Link>()) {
                const Node *inner = graph.find(feeder.from.node);
                if (inner->type != kBlockInputType) {
                    joined.push_back({feeder.from, link.to});
                    continue;
                }
                for (const Link &through : graph.linksInto(PortRef{block, inner->name}))
                    joined.push_back({through.from, link.to});
            }
        }
    }
    std::set<NodeId> inside;
    for (const NodeId id : graph.childrenOf(block)) {
        const std::string &type = graph.find(id)->type;
        if (type != kBlockInputType && type != kBlockOutputType)
            inside.insert(id);
    }
    const Box box = inside.empty() ? Box{} : boxOf(graph, inside);
    for (const NodeId id : inside) {
        const Point at = graph.find(id)->position;
        graph.setPosition(id, {at.x - box.left + outer.position.x, at.y - box.top + outer.position.y});
        graph.setParent(id, outer.parent);
    }
    graph.removeNode(block);
    for (const Link &link : joined)
        graph.addLink(link);
    return std::vector<NodeId>(inside.begin(), inside.end());
}

} // namespace netloom
