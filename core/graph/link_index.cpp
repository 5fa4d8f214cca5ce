// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/link_index.h"

namespace netloom {

LinkIndex::LinkIndex(const Graph &graph)
{
    for (const Link &link : graph.links()) {
        m_into[link.to.node].push_back(&link);
        m_from[link.from.node].push_back(&link);
    }
}

const Link *LinkIndex::into(const PortRef &port) const
{
    for (const Link *link : into(port.node)) {
        if (link->to.port == port.port)
            return link;
    }
    return nullptr;
}

const std::vector<const Link *> &LinkIndex::listOf(const Lists &lists, NodeId node)
{
    static const std::vector<const Link *> none;
    const auto found = lists.find(node);
    return found == lists.end() ? none : found->second;
}

} // namespace netloom
