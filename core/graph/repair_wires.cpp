// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repair_parts.h"
#include "graph/structure.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// A 1×1 convolution on a wire brings it to the shape of another.
RepairGroup matchBranch(const RepairCase &given)
{
    const auto wires = given.wires();
    if (wires.size() < 2)
        return {};
    RepairGroup group;
    for (std::size_t index = wires.size(); index-- > 0;) {
        const Shape other = given.shape(wires[index == 0 ? 1 : 0]);
        const Shape mine = given.shape(wires[index]);
        if (mine.rank() != 4 || other.rank() != 4 || !mine.known() || !other.known() || mine[2] < other[2] || mine[3] < other[3])
            continue;
        const NewNode conv{"Conv2d", {{"out_channels", other[1]}, {"kernel_size", Whole{1}}, {"stride", Whole{(mine[2] + other[2] - 1) / other[2]}}}};
        Graph graph = given.graph;
        if (insertInLink(graph, given.registry, wires[index], {conv}))
            group.push_back({"Add a 1×1 Conv2d with " + std::to_string(other[1]) + " channels behind " + quoted(*given.graph.find(wires[index].from.node)), std::move(graph)});
    }
    return group;
}

/// The layers right before the junction get the channels of another branch, or padding that keeps the size.
RepairGroup matchLayer(const RepairCase &given)
{
    const auto wires = given.wires();
    RepairGroup group;
    for (std::size_t index = wires.size(); wires.size() > 1 && index-- > 0;) {
        const Shape other = given.shape(wires[index == 0 ? 1 : 0]);
        const Node *node = given.realSourceOf(wires[index]);
        const NodeSpec *spec = node ? given.specOf(node->id) : nullptr;
        const char *width = has(spec, "out_channels") ? "out_channels" : has(spec, "out_features") ? "out_features" : nullptr;
        if (width && other.rank() >= 2 && other[1] > 0)
            group.push_back(withParam(given, *node, width, other[1]));
    }
    return group;
}

RepairGroup keepSizes(const RepairCase &given)
{
    RepairGroup group;
    Graph all = given.graph;
    int count = 0;
    for (const Node *node : given.upstream()) {
        if (node->type != "Conv2d" || !has(given.specOf(node->id), "stride"))
            continue;
        const Params params = given.params(node->id);
        if (params.keyword("padding") == "same" || params.pair("stride") != std::array<std::int64_t, 2>{1, 1})
            continue;
        group.push_back(withParam(given, *node, "padding", std::string("same")));
        all.setParam(node->id, "padding", std::string("same"));
        ++count;
    }
    if (count > 1)
        group.push_back({"Set padding of the convolutions before " + given.quotedName() + " to \"same\"", std::move(all)});
    return group;
}

/// Outputs that could feed @p port: those that lead nowhere first, then the nearest from the left.
std::vector<Link> feedersFor(const RepairCase &given, const PortRef &port)
{
    const Point at = given.node()->position;
    std::vector<std::pair<double, Link>> found;
    for (const auto &[id, node] : given.graph.nodes()) {
        if (node.parent != given.node()->parent)
            continue;
        const NodePorts ports = portsOf(given.graph, given.registry, node);
        for (const PortDecl &output : ports.outputs()) {
            const Link link{{id, output.name}, port};
            if (checkLink(given.graph, given.registry, link))
                continue;
            const auto leaving = given.graph.linksFrom(id);
            const bool free = std::ranges::none_of(leaving, [&](const Link &other) { return other.from.port == output.name; });
            const double behind = node.position.x >= at.x && node.position.y >= at.y ? 1e6 : 0;
            const double rows = 3 * std::abs(node.position.y - at.y); // a row up is farther than a card to the left
            found.emplace_back(std::hypot(node.position.x - at.x, rows) + behind + (free ? 0 : 1e5), link);
        }
    }
    std::ranges::stable_sort(found, {}, [](const auto &entry) { return entry.first; });
    std::vector<Link> links;
    for (const auto &[distance, link] : found)
        links.push_back(link);
    return links;
}

std::string wireText(const RepairCase &given, const Link &link)
{
    const NodePorts from = portsOf(given.graph, given.registry, *given.graph.find(link.from.node));
    const std::string port = from.outputs().size() > 1 ? "'" + link.from.port + "' of " : "";
    return port + quoted(*given.graph.find(link.from.node)) + " to " + quoted(*given.graph.find(link.to.node));
}

RepairGroup connectInput(const RepairCase &given)
{
    constexpr std::size_t kMostTried = 12;
    RepairGroup group;
    if (!given.node())
        return group;
    for (const Link &link : feedersFor(given, {given.issue.node, given.issue.port})) {
        Graph graph = given.graph;
        if (group.size() < kMostTried && connectPorts(graph, given.registry, link))
            group.push_back({"Connect " + wireText(given, link), std::move(graph)});
    }
    return group;
}

/// A layer that gets nothing, and a picture that nobody turned into numbers yet.
RepairGroup connectThroughToTensor(const RepairCase &given)
{
    if (!given.node() || !given.spec() || !given.spec()->isLayer())
        return {};
    const Point at = given.node()->position;
    for (const auto &[id, node] : given.graph.nodes()) {
        if (node.parent != given.node()->parent)
            continue;
        const NodePorts ports = portsOf(given.graph, given.registry, node);
        for (const PortDecl &output : ports.outputs()) {
            const auto leaving = given.graph.linksFrom(id);
            const bool used = std::ranges::any_of(leaving, [&](const Link &link) { return link.from.port == output.name; });
            if (output.kind != PortKind::Image || used)
                continue;
            Graph graph = given.graph;
            const Point place{std::min(node.position.x + 260, std::max(node.position.x, at.x - 260)), node.position.y + 160};
            const NodeId between = addNewNode(graph, given.registry, {"ToTensor", {}}, node.parent, place);
            if (between.valid() && connectPorts(graph, given.registry, {{id, output.name}, {between, "input"}})
                && connectPorts(graph, given.registry, {{between, "output"}, {given.issue.node, given.issue.port}}))
                return {{"Connect " + quoted(node) + " through ToTensor", std::move(graph)}};
        }
    }
    return {};
}

/// A node that leads nowhere feeds an input that nothing feeds.
RepairGroup connectOnward(const RepairCase &given)
{
    RepairGroup group;
    for (const Issue &other : given.inference.issues) {
        const NodePorts ports = given.node() ? portsOf(given.graph, given.registry, *given.node()) : NodePorts(nullptr);
        if (other.code != "input-missing" || ports.outputs().empty())
            continue;
        const Link link{{given.issue.node, ports.outputs().front().name}, {other.node, other.port}};
        Graph graph = given.graph;
        if (connectPorts(graph, given.registry, link))
            group.push_back({"Connect " + wireText(given, link), std::move(graph)});
    }
    return group;
}

RepairGroup deleteNode(const RepairCase &given)
{
    if (!given.node())
        return {};
    Graph graph = given.graph;
    graph.removeNode(given.issue.node);
    return {{"Delete " + given.quotedName(), std::move(graph)}};
}

RepairGroup openCycle(const RepairCase &given)
{
    // The wire that goes back farthest is most probably the wrong one.
    std::vector<Link> inCycle;
    for (const Link &link : given.graph.links()) {
        if (given.graph.reaches(link.to.node, link.from.node))
            inCycle.push_back(link);
    }
    std::ranges::stable_sort(inCycle, {}, [&](const Link &link) {
        return given.graph.find(link.to.node)->position.x - given.graph.find(link.from.node)->position.x;
    });
    RepairGroup group;
    for (const Link &link : inCycle) {
        Graph graph = given.graph;
        graph.removeLink(link);
        group.push_back({"Remove the wire from " + wireText(given, link), std::move(graph)});
    }
    return group;
}

/// Of several ways of preparing the data, the first stays.
RepairGroup oneChain(const RepairCase &given)
{
    Graph graph = given.graph;
    bool first = true;
    for (const Link &link : given.graph.linksFrom(given.issue.node)) {
        if (link.from.port != given.issue.port)
            continue;
        const NodeSpec *next = given.specOf(link.to.node);
        const bool keeps = first && next && next->isTransform();
        first = first && !keeps;
        if (!keeps)
            graph.removeLink(link);
    }
    return {{"Keep one wire from " + given.quotedName(), std::move(graph)}};
}

/// What prepares single samples goes in front of the issue's node, which mixes batches.
RepairGroup moveBeforeBatchStep(const RepairCase &given)
{
    for (const Link &link : given.graph.linksFrom(given.issue.node)) {
        Graph graph = given.graph;
        if (moveBefore(graph, given.registry, link.to.node, given.issue.node))
            return {{"Move " + quoted(*given.graph.find(link.to.node)) + " before " + given.quotedName(), std::move(graph)}};
    }
    return {};
}

} // namespace

RepairTable wireRepairs()
{
    return {
        {"shapes-differ", {keepSizes, matchLayer, matchBranch}},
        {"too-few-inputs", {connectInput, removeItself}},
        {"input-missing", {connectInput, connectThroughToTensor}},
        {"unused", {connectOnward, deleteNode}},
        {"unknown-type", {removeItself}},
        {"second-source", {deleteNode}},
        {"cycle", {openCycle}},
        {"pipeline-branch", {oneChain}},
        {"batch-step-order", {moveBeforeBatchStep, removeItself}},
    };
}

} // namespace netloom
