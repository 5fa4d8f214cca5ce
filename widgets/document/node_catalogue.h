// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <QString>

#include <optional>
#include <vector>

namespace netloom {

class OwnBlocks;

/// All that people can pick to add to a graph: the program's node types, the blocks that ship with it, and their own blocks.
class NodeCatalogue {
public:
    NodeCatalogue(const NodeRegistry &registry, const OwnBlocks *ownBlocks = nullptr) : m_registry(registry), m_ownBlocks(ownBlocks) {}

    /// In palette order. The records of own blocks last until OwnBlocks::changed().
    std::vector<const NodeSpec *> all() const;
    const NodeSpec *find(const QString &type) const;
    const NodeRegistry &registry() const { return m_registry; }
    bool isOwnBlock(const QString &type) const;
    /// Whether it is a block of a library: one that ships, or an own one.
    bool isBlock(const QString &type) const;
    /// A graph that holds the block of that name, with its inside, and nothing else; nothing for a type that is no such block.
    std::optional<Graph> blockOf(const QString &type) const;

private:
    const NodeRegistry &m_registry;
    const OwnBlocks *m_ownBlocks;
};

} // namespace netloom
