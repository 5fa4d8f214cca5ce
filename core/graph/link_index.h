// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

#include <optional>
#include <unordered_map>

namespace netloom {

/// A graph's links by node, made once for a walk over the whole graph; the graph must not change while it is used.
class LinkIndex {
public:
    explicit LinkIndex(const Graph &graph);

    /// In link order.
    const std::vector<const Link *> &into(NodeId node) const { return listOf(m_into, node); }
    const std::vector<const Link *> &from(NodeId node) const { return listOf(m_from, node); }
    /// The first link into @p port; null where there is none.
    const Link *into(const PortRef &port) const;

private:
    using Lists = std::unordered_map<NodeId, std::vector<const Link *>>;
    static const std::vector<const Link *> &listOf(const Lists &lists, NodeId node);

    Lists m_into;
    Lists m_from;
};

} // namespace netloom
