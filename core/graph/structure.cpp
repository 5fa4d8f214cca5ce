// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"

#include <algorithm>
#include <functional>

namespace netloom {

namespace {

constexpr int kMostHops = 20'000; ///< ends a walk in circles, which only a broken file has

const PortDecl *findNamed(const std::vector<PortDecl> &ports, std::string_view name)
{
    const auto found = std::ranges::find(ports, name, &PortDecl::name);
    return found == ports.end() ? nullptr : &*found;
}

bool isDynamic(const Node &node)
{
    return node.type == kBlockType || node.type == kBlockInputType || node.type == kBlockOutputType || node.type == kRerouteType;
}

/// What an ordinary node declares; nothing for a type with ports by its wires, an unknown type and an unknown port.
std::optional<PortKind> declaredKind(const NodeRegistry &registry, const Node &node, const std::string &port, bool output)
{
    const NodeSpec *spec = isDynamic(node) ? nullptr : registry.find(node.type);
    const PortDecl *decl = !spec ? nullptr : output ? spec->findOutput(port) : spec->findInput(port);
    return decl ? std::optional(decl->kind) : std::nullopt;
}

const Link *firstLinkInto(const Graph &graph, const PortRef &port)
{
    const auto found = std::ranges::find(graph.links(), port, &Link::to);
    return found == graph.links().end() ? nullptr : &*found;
}

const Node *namedPort(const Graph &graph, NodeId block, std::string_view type, std::string_view name)
{
    const Node *node = graph.findByName(name, block);
    return node && node->type == type ? node : nullptr;
}

/// The kind that the nodes behind output @p port take.
std::optional<PortKind> kindBehind(const Graph &graph, const NodeRegistry &registry, const PortRef &port)
{
    std::vector<PortRef> open{port};
    for (int hops = 0; !open.empty() && hops < kMostHops; ++hops) {
        const PortRef from = open.back();
        open.pop_back();
        const Node *source = graph.find(from.node);
        if (source && source->type == kBlockOutputType) {
            open.push_back({source->parent, source->name});
            continue;
        }
        for (const Link &link : graph.links()) {
            const Node *target = link.from == from ? graph.find(link.to.node) : nullptr;
            if (!target)
                continue;
            if (const auto kind = declaredKind(registry, *target, link.to.port, false))
                return kind;
            if (target->type == kRerouteType || target->type == kBlockOutputType)
                open.push_back({target->id, "output"});
            else if (const Node *inner = namedPort(graph, target->id, kBlockInputType, link.to.port))
                open.push_back({inner->id, "output"});
        }
    }
    return std::nullopt;
}

PortKind kindOfSource(const Graph &graph, const NodeRegistry &registry, const PortRef &output)
{
    const auto source = realSource(graph, registry, output);
    const Node *node = source ? graph.find(source->node) : nullptr;
    const auto kind = node ? declaredKind(registry, *node, source->port, true) : std::nullopt;
    return kind ? *kind : kindBehind(graph, registry, output).value_or(PortKind::Any);
}

} // namespace

const PortDecl *NodePorts::findInput(std::string_view name) const { return findNamed(inputs(), name); }
const PortDecl *NodePorts::findOutput(std::string_view name) const { return findNamed(outputs(), name); }

NodePorts portsOf(const Graph &graph, const NodeRegistry &registry, const Node &node)
{
    if (!isDynamic(node))
        return NodePorts(registry.find(node.type));
    const auto port = [&](const std::string &name, bool output, const char *doc) {
        return PortDecl{.name = name, .kind = kindAt(graph, registry, {node.id, name}, output), .doc = doc};
    };
    if (node.type == kRerouteType)
        return {{port("input", false, "")}, {port("output", true, "")}};
    if (node.type == kBlockInputType)
        return {{}, {port("output", true, "What the block gets here.")}};
    if (node.type == kBlockOutputType)
        return {{port("input", false, "What the block gives here.")}, {}};
    std::vector<PortDecl> inputs;
    std::vector<PortDecl> outputs;
    for (const Node *inner : blockPorts(graph, node.id, kBlockInputType))
        inputs.push_back(port(inner->name, false, "What the block works on."));
    for (const Node *inner : blockPorts(graph, node.id, kBlockOutputType))
        outputs.push_back(port(inner->name, true, "What the block gives."));
    return {std::move(inputs), std::move(outputs)};
}

PortKind kindAt(const Graph &graph, const NodeRegistry &registry, const PortRef &port, bool output)
{
    const Node *node = graph.find(port.node);
    if (!node)
        return PortKind::Any;
    if (const auto kind = declaredKind(registry, *node, port.port, output))
        return *kind;
    if (!isDynamic(*node))
        return PortKind::Any;
    if (output)
        return kindOfSource(graph, registry, port);
    if (const Link *link = firstLinkInto(graph, port))
        return kindOfSource(graph, registry, link->from);
    PortRef behind{port.node, "output"};
    if (node->type == kBlockType) {
        if (const Node *inner = namedPort(graph, node->id, kBlockInputType, port.port))
            behind.node = inner->id;
    }
    return kindBehind(graph, registry, behind).value_or(PortKind::Any);
}

std::optional<PortRef> realSource(const Graph &graph, const NodeRegistry &registry, PortRef port)
{
    for (int hops = 0; hops < kMostHops; ++hops) {
        const Node *node = graph.find(port.node);
        if (!node)
            return std::nullopt;
        const Link *link = nullptr;
        if (node->type == kRerouteType || (node->bypassed && canBypass(graph, registry, *node))) {
            link = firstLinkInto(graph, {node->id, passedInput(graph, registry, *node, port.port)});
        } else if (node->type == kBlockType) {
            const Node *inner = namedPort(graph, node->id, kBlockOutputType, port.port);
            link = inner ? firstLinkInto(graph, {inner->id, "input"}) : nullptr;
        } else if (node->type == kBlockInputType) {
            link = firstLinkInto(graph, {node->parent, node->name});
        } else {
            return port;
        }
        if (!link)
            return std::nullopt;
        port = link->from;
    }
    return std::nullopt;
}

std::vector<const Node *> blockPorts(const Graph &graph, NodeId block, std::string_view type)
{
    std::vector<const Node *> inside;
    for (const NodeId id : graph.childrenOf(block))
        inside.push_back(graph.find(id));
    return blockPorts(inside, type);
}

std::vector<const Node *> blockPorts(const std::vector<const Node *> &inside, std::string_view type)
{
    std::vector<const Node *> found;
    std::ranges::copy_if(inside, std::back_inserter(found), [&](const Node *node) { return node->type == type; });
    std::ranges::stable_sort(found, {}, [](const Node *node) { return node->position.y; });
    return found;
}

bool canBypass(const Graph &graph, const NodeRegistry &registry, const Node &node)
{
    const NodeSpec *spec = registry.find(node.type);
    if (!spec)
        return false;
    if (node.type == kBlockType)
        return !blockPorts(graph, node.id, kBlockInputType).empty() && !blockPorts(graph, node.id, kBlockOutputType).empty();
    return !spec->isStructure() && !spec->outputs.empty()
        && std::ranges::all_of(spec->outputs, [&](const PortDecl &out) { return !passedInput(graph, registry, node, out.name).empty(); });
}

std::string passedInput(const Graph &graph, const NodeRegistry &registry, const Node &node, const std::string &port)
{
    if (node.type == kRerouteType)
        return "input";
    if (node.type == kBlockType) {
        const auto inputs = blockPorts(graph, node.id, kBlockInputType);
        const auto outputs = blockPorts(graph, node.id, kBlockOutputType);
        const auto found = std::ranges::find(outputs, port, &Node::name);
        if (inputs.empty() || found == outputs.end())
            return {};
        return inputs[std::min(static_cast<std::size_t>(found - outputs.begin()), inputs.size() - 1)]->name;
    }
    const NodeSpec *spec = registry.find(node.type);
    const PortDecl *output = spec ? spec->findOutput(port) : nullptr;
    if (!output)
        return {};
    const auto found = std::ranges::find(spec->inputs, output->kind, &PortDecl::kind);
    return found == spec->inputs.end() ? std::string() : found->name;
}

std::vector<ExposedParam> exposedParams(const Graph &graph, const NodeRegistry &registry, NodeId block)
{
    std::vector<ExposedParam> found;
    const auto add = [&](const std::string &name, const ParamDecl &decl, const ParamValue &value, auto targets) {
        const auto same = std::ranges::find(found, name, &ExposedParam::name);
        if (same != found.end()) {
            if (same->decl.type == decl.type)
                same->targets.insert(same->targets.end(), targets.begin(), targets.end());
            return;
        }
        ParamDecl shown = decl;
        shown.name = name;
        found.push_back({name, std::move(shown), value, {targets.begin(), targets.end()}});
    };
    for (const auto &[id, node] : graph.nodes()) {
        if (node.parent != block || node.exposed.empty())
            continue;
        const NodeSpec *spec = registry.find(node.type);
        const auto inner = node.type == kBlockType ? exposedParams(graph, registry, id) : std::vector<ExposedParam>();
        for (const auto &[param, name] : node.exposed) {
            if (const ParamDecl *decl = spec ? spec->findParam(param) : nullptr)
                add(name, *decl, node.params.has(param) ? node.params.at(param) : decl->fallback, std::vector{std::pair(id, param)});
            else if (const auto deeper = std::ranges::find(inner, param, &ExposedParam::name); deeper != inner.end())
                add(name, deeper->decl, deeper->value, deeper->targets);
        }
    }
    return found;
}

std::vector<const Node *> listedNodes(const Graph &graph)
{
    std::map<NodeId, std::vector<const Node *>> children;
    for (const NodeId id : graph.dataFlowOrder())
        children[graph.find(id)->parent].push_back(graph.find(id));
    std::vector<const Node *> listed;
    const std::function<void(NodeId)> list = [&](NodeId parent) {
        for (const Node *node : children[parent]) {
            if (node->type == kRerouteType || node->type == kFrameType || node->type == kBlockInputType || node->type == kBlockOutputType)
                continue;
            listed.push_back(node);
            if (node->type == kBlockType)
                list(node->id);
        }
    };
    list({});
    return listed;
}

std::string listedType(const Node &node)
{
    const std::int64_t repeat = node.params.has(kRepeatParam) ? node.params.integer(kRepeatParam) : 1;
    return node.type + (repeat > 1 ? " ×" + std::to_string(repeat) : "") + (node.bypassed ? ", bypassed" : "") + (node.frozen ? ", frozen" : "");
}

std::string pathOf(const Graph &graph, const Node &node)
{
    std::string path = node.name;
    const Node *block = graph.find(node.parent);
    for (int depth = 0; block && depth < kMostHops; ++depth, block = graph.find(block->parent))
        path = block->name + "." + path;
    return path;
}

const Node *findByPath(const Graph &graph, std::string_view path)
{
    NodeId block;
    while (true) {
        const auto dot = path.find('.');
        const Node *node = graph.findByName(path.substr(0, dot), block);
        if (!node || dot == std::string_view::npos)
            return node;
        block = node->id;
        path.remove_prefix(dot + 1);
    }
}

} // namespace netloom
