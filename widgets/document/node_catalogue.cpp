// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/node_catalogue.h"

#include "document/own_blocks.h"
#include "project/block_library.h"

namespace netloom {

std::vector<const NodeSpec *> NodeCatalogue::all() const
{
    std::vector<const NodeSpec *> specs;
    for (const auto &spec : m_registry.all())
        specs.push_back(spec.get());
    if (m_ownBlocks) {
        for (const auto &entry : m_ownBlocks->entries())
            specs.push_back(&entry->spec);
    }
    return specs;
}

const NodeSpec *NodeCatalogue::find(const QString &type) const
{
    if (const NodeSpec *spec = m_registry.find(type.toStdString()))
        return spec;
    const OwnBlocks::Entry *own = m_ownBlocks ? m_ownBlocks->find(type) : nullptr;
    return own ? &own->spec : nullptr;
}

bool NodeCatalogue::isOwnBlock(const QString &type) const
{
    return m_ownBlocks && m_ownBlocks->find(type);
}

bool NodeCatalogue::isBlock(const QString &type) const
{
    return isOwnBlock(type) || isLibraryBlock(type.toStdString());
}

std::optional<Graph> NodeCatalogue::blockOf(const QString &type) const
{
    if (const OwnBlocks::Entry *own = m_ownBlocks ? m_ownBlocks->find(type) : nullptr)
        return own->block.graph;
    return makeLibraryBlock(type.toStdString(), m_registry);
}

} // namespace netloom
