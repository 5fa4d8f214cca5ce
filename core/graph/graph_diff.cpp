// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph_diff.h"

#include "graph/graph_matching.h"
#include "graph/structure.h"

#include <algorithm>

namespace netloom {

namespace {

std::string exposedText(const Node &node)
{
    std::string text;
    for (const auto &[param, name] : node.exposed)
        text.append(text.empty() ? "" : ", ").append(param).append(" → ").append(name);
    return text;
}

/// Compares what matchGraphs() paired.
class Comparer {
public:
    Comparer(const NodeRegistry &registry, const Graph &before, const Graph &after)
        : m_registry(registry), m_before(before), m_after(after), m_matching(matchGraphs(before, after))
    {
    }

    GraphDiff compare()
    {
        m_diff.pairs = m_matching.toBefore;
        compareLinks();
        for (const NodeId id : m_after.dataFlowOrder()) {
            const Node &node = *m_after.find(id);
            const auto same = m_matching.toBefore.find(id);
            if (node.type == kFrameType)
                continue;
            if (same == m_matching.toBefore.end())
                m_diff.added.push_back(id);
            else
                compareNodes(*m_before.find(same->second), node);
        }
        for (const NodeId id : m_before.dataFlowOrder()) {
            if (!m_matching.toAfter.contains(id) && m_before.find(id)->type != kFrameType)
                m_diff.removed.push_back(id);
        }
        markBlocks();
        return std::move(m_diff);
    }

private:
    void compareNodes(const Node &before, const Node &after)
    {
        NodeDiff diff{before.id, after.id, {}, {}};
        const auto fact = [&](NodeFact what, const std::string &old, const std::string &now) {
            if (old != now)
                diff.facts.push_back({what, old, now});
        };
        fact(NodeFact::Name, before.name, after.name);
        fact(NodeFact::Type, before.type, after.type);
        fact(NodeFact::Bypassed, before.bypassed ? "yes" : "no", after.bypassed ? "yes" : "no");
        fact(NodeFact::Frozen, before.frozen ? "yes" : "no", after.frozen ? "yes" : "no");
        fact(NodeFact::LrScale, formatParam(before.lrScale), formatParam(after.lrScale));
        fact(NodeFact::Exposed, exposedText(before), exposedText(after));
        if (const auto order = m_wireOrders.find(after.id); order != m_wireOrders.end())
            fact(NodeFact::WireOrder, order->second.first, order->second.second);
        const NodeSpec *spec = m_registry.find(after.type);
        static const std::vector<ParamDecl> none;
        const bool sameParams = before.params == after.params;
        if (sameParams && diff.facts.empty())
            return;
        // The defaults of one type say nothing about a node that was of another.
        diff.params = diffParams(spec && before.type == after.type ? spec->params : none, before.params, after.params);
        if (!diff.facts.empty() || std::ranges::any_of(diff.params, &ValueDiff::differs))
            m_diff.changed.push_back(std::move(diff));
    }

    /// The port of the graph after that is the same as @p port of the graph before: a block's ports follow the nodes inside it.
    std::optional<PortRef> portAfter(const PortRef &port, std::string_view blockPort) const
    {
        const auto node = m_matching.toAfter.find(port.node);
        if (node == m_matching.toAfter.end())
            return std::nullopt;
        if (m_before.find(port.node)->type != kBlockType)
            return PortRef{node->second, port.port};
        const auto inside = m_blockPorts.find({port, std::string(blockPort)});
        if (inside == m_blockPorts.end())
            return PortRef{node->second, port.port};
        const auto same = m_matching.toAfter.find(inside->second);
        return same == m_matching.toAfter.end() ? std::nullopt : std::optional(PortRef{node->second, m_after.find(same->second)->name});
    }

    void compareLinks()
    {
        for (const auto &[id, node] : m_before.nodes()) {
            if (node.type == kBlockInputType || node.type == kBlockOutputType)
                m_blockPorts.emplace(std::pair(PortRef{node.parent, node.name}, node.type), id);
        }
        std::set<Link> left(m_after.links().begin(), m_after.links().end());
        std::map<PortRef, std::vector<PortRef>> oldOrder; // of the wires that stay, by the input they end at
        for (const Link &link : m_before.links()) {
            const auto from = portAfter(link.from, kBlockOutputType);
            const auto to = portAfter(link.to, kBlockInputType);
            if (from && to && left.erase({*from, *to}))
                oldOrder[*to].push_back(*from);
            else
                m_diff.removedLinks.push_back(link);
        }
        std::map<PortRef, std::vector<PortRef>> order;
        for (const Link &link : m_after.links()) {
            if (left.contains(link))
                m_diff.addedLinks.push_back(link);
            else
                order[link.to].push_back(link.from);
        }
        for (const auto &[input, sources] : order) {
            if (sources != oldOrder[input])
                m_wireOrders[input.node] = {namesBefore(oldOrder[input]), namesAfter(sources)};
        }
    }

    std::string namesAfter(const std::vector<PortRef> &sources) const
    {
        std::string text;
        for (const PortRef &port : sources)
            text.append(text.empty() ? "" : ", ").append(m_after.find(port.node)->name);
        return text;
    }

    std::string namesBefore(const std::vector<PortRef> &sources) const
    {
        std::string text;
        for (const PortRef &port : sources)
            text.append(text.empty() ? "" : ", ").append(m_before.find(m_matching.toBefore.at(port.node))->name);
        return text;
    }

    void markAround(NodeId block)
    {
        for (const Node *node = m_after.find(block); node && m_diff.changedInside.insert(node->id).second;)
            node = m_after.find(node->parent);
    }

    void markBlocks()
    {
        // A block that is new has nothing to be compared with.
        const auto markAfter = [this](NodeId id) {
            const NodeId block = m_after.find(id)->parent;
            if (m_matching.toBefore.contains(block))
                markAround(block);
        };
        const auto markBefore = [this](NodeId id) {
            const auto block = m_matching.toAfter.find(m_before.find(id)->parent);
            if (block != m_matching.toAfter.end())
                markAround(block->second);
        };
        std::ranges::for_each(m_diff.added, markAfter);
        std::ranges::for_each(m_diff.removed, markBefore);
        for (const NodeDiff &diff : m_diff.changed)
            markAfter(diff.after);
        for (const Link &link : m_diff.addedLinks)
            markAfter(link.to.node);
        for (const Link &link : m_diff.removedLinks)
            markBefore(link.to.node);
    }

    const NodeRegistry &m_registry;
    const Graph &m_before;
    const Graph &m_after;
    const GraphMatching m_matching;
    std::map<std::pair<PortRef, std::string>, NodeId> m_blockPorts; ///< of the graph before: the node inside, by port and type
    std::map<NodeId, std::pair<std::string, std::string>> m_wireOrders;
    GraphDiff m_diff;
};

} // namespace

bool ValueDiff::differs() const
{
    if (!before || !after || before->index() != after->index())
        return before != after;
    const auto *old = std::get_if<std::vector<std::int64_t>>(&*before);
    if (!old)
        return *before != *after;
    const auto &now = std::get<std::vector<std::int64_t>>(*after);
    const auto isAll = [](const auto &one, const auto &many) {
        return one.size() == 1 && std::ranges::all_of(many, [&](std::int64_t number) { return number == one.front(); });
    };
    return *old != now && !isAll(*old, now) && !isAll(now, *old);
}

std::vector<ValueDiff> diffParams(const std::vector<ParamDecl> &decls, const Params &before, const Params &after)
{
    std::vector<ValueDiff> diffs;
    const auto valueIn = [](const Params &params, const std::string &name) {
        return params.has(name) ? std::optional(params.at(name)) : std::nullopt;
    };
    const auto add = [&](const std::string &name) {
        if (std::ranges::find(diffs, name, &ValueDiff::name) == diffs.end())
            diffs.push_back({name, valueIn(before, name), valueIn(after, name)});
    };
    for (const ParamDecl &decl : decls)
        diffs.push_back({decl.name, valueIn(before, decl.name).value_or(decl.fallback), valueIn(after, decl.name).value_or(decl.fallback)});
    for (const auto &[name, value] : after.values())
        add(name);
    for (const auto &[name, value] : before.values())
        add(name);
    return diffs;
}

GraphDiff diffGraphs(const NodeRegistry &registry, const Graph &before, const Graph &after)
{
    return Comparer(registry, before, after).compare();
}

std::vector<NodeId> outermost(const Graph &graph, const std::vector<NodeId> &ids)
{
    const std::set<NodeId> all(ids.begin(), ids.end());
    std::vector<NodeId> found;
    std::ranges::copy_if(ids, std::back_inserter(found), [&](NodeId id) { return !all.contains(graph.find(id)->parent); });
    return found;
}

std::vector<Link> linksApartFrom(const std::vector<Link> &links, const std::vector<NodeId> &nodes)
{
    const std::set<NodeId> all(nodes.begin(), nodes.end());
    std::vector<Link> found;
    std::ranges::copy_if(links, std::back_inserter(found), [&](const Link &link) { return !all.contains(link.from.node) && !all.contains(link.to.node); });
    return found;
}

std::string toString(NodeFact fact)
{
    switch (fact) {
    case NodeFact::Name: return "name";
    case NodeFact::Type: return "type";
    case NodeFact::Bypassed: return "bypassed";
    case NodeFact::Frozen: return "frozen";
    case NodeFact::LrScale: return "learning rate";
    case NodeFact::Exposed: return "shown at the block";
    case NodeFact::WireOrder: return "order of wires";
    }
    return {};
}

std::string linkText(const Graph &graph, const NodeRegistry &registry, const Link &link)
{
    const auto end = [&](const PortRef &port, bool output) {
        const Node *node = graph.find(port.node);
        if (!node)
            return port.port;
        const NodePorts ports = portsOf(graph, registry, *node);
        const bool several = (output ? ports.outputs() : ports.inputs()).size() > 1;
        return pathOf(graph, *node) + (several ? " · " + port.port : "");
    };
    return end(link.from, true) + " → " + end(link.to, false);
}

} // namespace netloom
