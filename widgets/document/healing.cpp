// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/healing.h"

#include "graph/structure.h"

namespace netloom {

namespace {

/// The output that fed @p node, through others of @p removed; nothing where its first input has no wire.
std::optional<PortRef> feederOf(const Document &document, NodeId node, const std::set<NodeId> &removed)
{
    std::set<NodeId> seen;
    while (seen.insert(node).second) {
        const NodePorts ports = portsOf(document.graph(), document.registry(), *document.graph().find(node));
        if (ports.inputs().empty())
            return std::nullopt;
        const auto wires = document.graph().linksInto(PortRef{node, ports.inputs().front().name});
        if (wires.empty())
            return std::nullopt;
        if (!removed.contains(wires.front().from.node))
            return wires.front().from;
        node = wires.front().from.node;
    }
    return std::nullopt;
}

} // namespace

void removeAndHeal(Document &document, const std::set<NodeId> &nodes, const std::vector<Link> &links, const QString &stepName)
{
    std::vector<Link> bridges;
    for (const Link &link : document.graph().links()) {
        if (!nodes.contains(link.from.node) || nodes.contains(link.to.node))
            continue;
        if (const auto feeder = feederOf(document, link.from.node, nodes))
            bridges.push_back({*feeder, link.to});
    }
    const StepGroup group(document, stepName);
    document.removeItems(nodes, links);
    for (const Link &bridge : bridges)
        document.connectPorts(bridge); // where it doesn't fit, the gap stays
}

} // namespace netloom
