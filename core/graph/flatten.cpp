// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/flatten.h"

#include "graph/link_index.h"
#include "graph/structure.h"

#include <algorithm>
#include <deque>

namespace netloom {

namespace {

constexpr std::size_t kMostNodes = 20'000; ///< after repeating
constexpr int kMostHops = 100'000;

/// One copy of a block's inside, or the top level.
struct Inside {
    NodeId block;
    std::string prefix;
    bool frozen = false; ///< by a block around
    double lrScale = 1;  ///< of the blocks around
    const Inside *around = nullptr;
    const Inside *before = nullptr; ///< the copy that feeds this one
    std::map<NodeId, NodeId> ids;   ///< nodes → their ids in the flat graph
    std::map<NodeId, const Inside *> last; ///< blocks → their last copy
};

struct Place {
    PortRef port;
    const Inside *in;
};

class Flattening {
public:
    Flattening(const Graph &graph, const NodeRegistry &registry) : m_graph(graph), m_registry(registry), m_links(graph)
    {
        for (const auto &[id, node] : graph.nodes()) {
            m_children[node.parent].push_back(&node);
            m_nextId = std::max(m_nextId, id.value + 1);
        }
    }

    FlatGraph result()
    {
        Inside &top = m_insides.emplace_back();
        open(top, true);
        connect();
        noteSources(top);
        return std::move(m_flat);
    }

private:
    struct Wire {
        const Link *link;
        const Inside *inside;
        NodeId to;
    };

    /// The first copies of nodes keep their ids.
    void open(Inside &inside, bool first)
    {
        const auto children = m_children.find(inside.block);
        if (children == m_children.end())
            return;
        for (const Node *node : children->second) {
            if (node->type == kBlockType && !isTakenOut(*node))
                openBlock(*node, inside, first);
            else if (node->type != kBlockType && !isTakenOut(*node))
                addCopy(*node, inside, first);
        }
    }

    void openBlock(const Node &block, Inside &around, bool first)
    {
        const auto inputs = portsIn(block.id, kBlockInputType);
        const auto outputs = portsIn(block.id, kBlockOutputType);
        std::int64_t repeat = block.params.has(kRepeatParam) ? block.params.integer(kRepeatParam) : 1;
        if (repeat > 1 && inputs.size() != outputs.size()) {
            m_flat.issues.push_back({Severity::Error, block.id, "", "repeat",
                "Block '" + pathOf(m_graph, block) + "' is repeated " + std::to_string(repeat) + " times but has " + std::to_string(inputs.size())
                    + " inputs and " + std::to_string(outputs.size()) + " outputs: a repeated block needs as many outputs as inputs; set repeat to 1."});
            repeat = 1;
        }
        const Inside *before = nullptr;
        for (std::int64_t copy = 0; copy < repeat && !isTooLarge(); ++copy) {
            Inside &inside = m_insides.emplace_back();
            inside.block = block.id;
            inside.prefix = around.prefix + block.name + "." + (repeat > 1 ? std::to_string(copy) + "." : "");
            inside.frozen = around.frozen || block.frozen;
            inside.lrScale = around.lrScale * block.lrScale;
            inside.around = &around;
            inside.before = before;
            open(inside, first && copy == 0);
            before = &inside;
        }
        around.last[block.id] = before;
        if (isTooLarge())
            m_flat.issues.push_back({Severity::Error, block.id, "", "repeat",
                "Block '" + pathOf(m_graph, block) + "' makes the network larger than " + std::to_string(kMostNodes) + " nodes: lower repeat."});
    }

    bool isTooLarge() const { return std::max(m_flat.graph.nodes().size(), m_insides.size()) >= kMostNodes; }

    std::vector<const Node *> portsIn(NodeId block, std::string_view type) const
    {
        const auto children = m_children.find(block);
        return children == m_children.end() ? std::vector<const Node *>() : blockPorts(children->second, type);
    }

    bool isTakenOut(const Node &node) const
    {
        const NodeSpec *spec = m_registry.find(node.type);
        return (spec && spec->isStructure() && node.type != kBlockType) || (node.bypassed && canBypass(m_graph, m_registry, node));
    }

    void addCopy(const Node &node, Inside &inside, bool first)
    {
        Node copy = node;
        copy.parent = {};
        copy.bypassed = false;
        copy.frozen |= inside.frozen;
        copy.lrScale *= inside.lrScale;
        copy.name = inside.prefix + node.name;
        if (!first) {
            copy.id = NodeId{m_nextId++};
            m_flat.copies[copy.id] = node.id;
        }
        inside.ids[node.id] = copy.id;
        m_flat.graph.insertNode(std::move(copy));
    }

    void connect()
    {
        std::vector<Wire> wires;
        for (const Inside &inside : m_insides) {
            for (const auto &[id, flatId] : inside.ids) {
                for (const Link *link : m_links.into(id))
                    wires.push_back({link, &inside, flatId});
            }
        }
        // In the order of the edited graph's links, so that a port that takes several keeps their order.
        std::ranges::stable_sort(wires, {}, &Wire::link);
        for (const Wire &wire : wires) {
            std::optional<PortRef> lost;
            const PortRef to{wire.to, wire.link->to.port};
            if (const auto from = sourceOf({wire.link->from, wire.inside}, lost))
                m_flat.graph.addLink({*from, to});
            else if (lost)
                m_flat.missing.emplace(to, *lost);
        }
    }

    /// The flat output that the value at @p place comes from; otherwise @p lost is where a wire is missing.
    std::optional<PortRef> sourceOf(Place place, std::optional<PortRef> &lost) const
    {
        for (int hops = 0; hops < kMostHops; ++hops) {
            const auto next = stepBack(place);
            if (!next)
                return PortRef{place.in->ids.at(place.port.node), place.port.port};
            const Link *link = next->in ? m_links.into(next->port) : nullptr;
            if (!link) {
                lost = next->port;
                return std::nullopt;
            }
            place = {link->from, next->in};
        }
        return std::nullopt;
    }

    /// The input, taken out itself, whose wire brings what output @p place gives; nothing at a node that is in the flat graph.
    std::optional<Place> stepBack(const Place &place) const
    {
        if (place.in->ids.contains(place.port.node))
            return std::nullopt;
        const Node &node = *m_graph.find(place.port.node);
        if (node.type == kBlockInputType)
            return stepOut(node, *place.in);
        if (node.type == kBlockType && !(node.bypassed && canBypass(m_graph, m_registry, node))) {
            const auto last = place.in->last.find(node.id);
            const auto ports = portsIn(node.id, kBlockOutputType);
            const auto port = std::ranges::find(ports, place.port.port, &Node::name);
            if (last == place.in->last.end() || !last->second || port == ports.end())
                return Place{{node.id, place.port.port}, nullptr};
            return Place{{(*port)->id, "input"}, last->second};
        }
        return Place{{node.id, passedInput(m_graph, m_registry, node, place.port.port)}, place.in};
    }

    /// From a block's input to what feeds it: the copy before, or the wire outside.
    Place stepOut(const Node &input, const Inside &inside) const
    {
        if (inside.before) {
            const auto inputs = portsIn(inside.block, kBlockInputType);
            const auto outputs = portsIn(inside.block, kBlockOutputType);
            const auto index = static_cast<std::size_t>(std::ranges::find(inputs, &input) - inputs.begin());
            return {{outputs.at(index)->id, "input"}, inside.before};
        }
        return {{inside.block, input.name}, inside.around};
    }

    /// For the first copies, which are those that people see.
    void noteSources(const Inside &top)
    {
        std::map<NodeId, const Inside *> firsts{{NodeId{}, &top}};
        for (const Inside &inside : m_insides) {
            if (inside.block.valid())
                firsts.try_emplace(inside.block, &inside);
        }
        for (const auto &[id, node] : m_graph.nodes()) {
            const auto in = firsts.find(node.parent);
            if (in == firsts.end() || in->second->ids.contains(id))
                continue;
            const NodePorts ports = portsOf(m_graph, m_registry, node);
            for (const PortDecl &output : ports.outputs()) {
                std::optional<PortRef> lost;
                if (const auto source = sourceOf({{id, output.name}, in->second}, lost))
                    m_flat.sources.emplace(PortRef{id, output.name}, *source);
            }
        }
    }

    const Graph &m_graph;
    const NodeRegistry &m_registry;
    LinkIndex m_links;
    std::map<NodeId, std::vector<const Node *>> m_children;
    std::deque<Inside> m_insides; ///< an outer one before those in it
    std::int64_t m_nextId = 1;
    FlatGraph m_flat;
};

} // namespace

NodeId FlatGraph::origin(NodeId id) const
{
    const auto found = copies.find(id);
    return found == copies.end() ? id : found->second;
}

FlatGraph flatten(const Graph &graph, const NodeRegistry &registry)
{
    return Flattening(graph, registry).result();
}

} // namespace netloom
