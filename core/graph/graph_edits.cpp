// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph_edits.h"

#include "graph/structure.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

// The canvas's measures, scene units: a card with the gap behind it, a row of cards, and the grid that cards snap to.
constexpr double kPitch = 260;
constexpr double kRow = 160;
constexpr double kGrid = 20;

double onGrid(double value)
{
    return std::round(value / kGrid) * kGrid;
}

/// Moves what lies behind @p to in its row to the right by @p shift.
void shiftRow(Graph &graph, const Node &to, double shift)
{
    std::vector<std::pair<NodeId, Point>> moved;
    for (const auto &[id, node] : graph.nodes()) {
        if (node.parent == to.parent && node.position.x >= to.position.x && std::abs(node.position.y - to.position.y) < kRow && graph.reaches(to.id, id))
            moved.emplace_back(id, Point{node.position.x + shift, node.position.y});
    }
    for (const auto &[id, position] : moved)
        graph.setPosition(id, position);
}

/// The first place below @p wish, in the block @p parent or on the top level, where a card lies on no other.
Point freePlace(const Graph &graph, NodeId parent, Point wish)
{
    const auto taken = [&] {
        return std::ranges::any_of(graph.nodes(), [&](const auto &entry) {
            const Point at = entry.second.position;
            return entry.second.parent == parent && entry.second.type != kFrameType && std::abs(at.x - wish.x) < kPitch - 60 && std::abs(at.y - wish.y) < kRow - 20;
        });
    };
    while (taken())
        wish.y += kRow;
    return wish;
}

/// Where @p count new cards go between the ends of a wire; makes room for them where the wire runs along a row.
std::vector<Point> placesIn(Graph &graph, const Link &link, std::size_t count)
{
    const Node from = *graph.find(link.from.node);
    const Node to = *graph.find(link.to.node);
    const double step = to.position.x - from.position.x;
    const bool sameRow = step > 0 && std::abs(to.position.y - from.position.y) < kRow;
    const double needed = kPitch * double(count + 1);
    if (sameRow && step < needed)
        shiftRow(graph, to, onGrid(needed - step));
    std::vector<Point> places;
    for (std::size_t index = 1; index <= count; ++index) {
        const double width = sameRow ? std::max(step, needed) / double(count + 1) : kPitch;
        const Point wish{onGrid(from.position.x + width * double(index)), from.position.y};
        places.push_back(sameRow ? wish : freePlace(graph, from.parent, wish));
    }
    return places;
}

/// The first ports of @p first and @p second that connect; a free input, or one that gives its wire up.
bool joinNodes(Graph &graph, const NodeRegistry &registry, const PortRef &from, NodeId second)
{
    const NodePorts ports = portsOf(graph, registry, *graph.find(second));
    return std::ranges::any_of(ports.inputs(), [&](const PortDecl &input) {
        const Link link{from, {second, input.name}};
        return !checkLink(graph, registry, link) && graph.addLink(link);
    });
}

std::optional<PortRef> firstOutput(const Graph &graph, const NodeRegistry &registry, NodeId node)
{
    const NodePorts ports = portsOf(graph, registry, *graph.find(node));
    if (ports.outputs().empty())
        return std::nullopt;
    return PortRef{node, ports.outputs().front().name};
}

/// Leads @p link through @p nodes, which are in the graph and have no wires.
bool threadNodes(Graph &graph, const NodeRegistry &registry, const Link &link, const std::vector<NodeId> &nodes)
{
    const auto place = graph.removeLink(link);
    PortRef from = link.from;
    for (NodeId node : nodes) {
        const auto output = firstOutput(graph, registry, node);
        if (!output || !joinNodes(graph, registry, from, node))
            return false;
        from = *output;
    }
    return place && !checkLink(graph, registry, {from, link.to}) && graph.addLink({from, link.to}, *place);
}

/// The wire into the node's first input.
std::optional<Link> feeder(const Graph &graph, const NodeRegistry &registry, NodeId node)
{
    const NodePorts ports = portsOf(graph, registry, *graph.find(node));
    const auto links = ports.inputs().empty() ? graph.linksInto(node) : graph.linksInto(PortRef{node, ports.inputs().front().name});
    return links.empty() ? std::nullopt : std::optional(links.front());
}

/// Takes the node's wires away and closes the gap.
bool closeOver(Graph &graph, const NodeRegistry &registry, NodeId node)
{
    const auto before = feeder(graph, registry, node);
    const auto wires = graph.linksAt(node);
    for (auto wire = wires.rbegin(); wire != wires.rend(); ++wire)
        graph.removeLink(wire->second);
    for (const auto &[index, wire] : wires) {
        if (wire.from.node != node || !before)
            continue;
        const Link bridge{before->from, wire.to};
        if (checkLink(graph, registry, bridge) || !graph.addLink(bridge, index))
            return false;
    }
    return true;
}

/// Runs @p edit on a copy, so that a half-done edit leaves nothing behind.
template <class Edit>
bool onCopy(Graph &graph, Edit edit)
{
    Graph trial = graph;
    if (!edit(trial))
        return false;
    graph = std::move(trial);
    return true;
}

} // namespace

NodeId addNewNode(Graph &graph, const NodeRegistry &registry, const NewNode &node, NodeId parent, Point position)
{
    const NodeSpec *spec = registry.find(node.type);
    if (!spec)
        return {};
    Params params = Params::defaults(spec->params);
    for (const auto &[name, value] : node.params)
        params.set(name, value);
    return graph.addNode({.type = node.type, .params = std::move(params), .position = position, .parent = parent});
}

bool insertInLink(Graph &graph, const NodeRegistry &registry, const Link &link, const std::vector<NewNode> &nodes, std::vector<NodeId> *added)
{
    return onCopy(graph, [&](Graph &trial) {
        const std::vector<Point> places = placesIn(trial, link, nodes.size());
        const NodeId parent = trial.find(link.from.node)->parent;
        std::vector<NodeId> ids;
        for (std::size_t index = 0; index < nodes.size(); ++index) {
            ids.push_back(addNewNode(trial, registry, nodes[index], parent, places[index]));
            if (!ids.back().valid())
                return false;
        }
        if (!threadNodes(trial, registry, link, ids))
            return false;
        if (added)
            added->insert(added->end(), ids.begin(), ids.end());
        return true;
    });
}

bool removeAndClose(Graph &graph, const NodeRegistry &registry, NodeId node)
{
    return onCopy(graph, [&](Graph &trial) {
        if (!trial.find(node) || !closeOver(trial, registry, node))
            return false;
        trial.removeNode(node);
        return true;
    });
}

bool moveBefore(Graph &graph, const NodeRegistry &registry, NodeId node, NodeId behind)
{
    return onCopy(graph, [&](Graph &trial) {
        if (node == behind || !trial.find(node) || !trial.find(behind) || !closeOver(trial, registry, node))
            return false;
        const auto link = feeder(trial, registry, behind);
        if (!link)
            return false;
        const Point place = placesIn(trial, *link, 1).front();
        trial.setPosition(node, place);
        return threadNodes(trial, registry, *link, {node});
    });
}

bool connectPorts(Graph &graph, const NodeRegistry &registry, const Link &link)
{
    return onCopy(graph, [&](Graph &trial) {
        const Node *target = trial.find(link.to.node);
        const NodePorts ports = target ? portsOf(trial, registry, *target) : NodePorts(nullptr);
        const PortDecl *port = ports.findInput(link.to.port);
        if (port && !port->variadic) {
            for (const Link &taken : trial.linksInto(link.to))
                trial.removeLink(taken);
        }
        return !checkLink(trial, registry, link) && trial.addLink(link);
    });
}

} // namespace netloom
