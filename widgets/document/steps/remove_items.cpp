// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

#include "graph/structure.h"

#include <algorithm>

namespace netloom::steps {

namespace {

class RemoveItems : public QUndoCommand {
public:
    RemoveItems(GraphChanges &changes, std::vector<Node> nodes, std::vector<std::pair<std::size_t, Link>> links)
        : m_changes(changes), m_nodes(std::move(nodes)), m_links(std::move(links))
    {
    }

    void redo() override
    {
        for (const auto &[index, link] : m_links)
            m_changes.removeLink(link);
        for (const Node &node : m_nodes)
            m_changes.removeNode(node.id);
    }

    void undo() override
    {
        for (const Node &node : m_nodes)
            m_changes.addNode(node);
        for (const auto &[index, link] : m_links)
            m_changes.addLink(link, index);
    }

private:
    GraphChanges &m_changes;
    std::vector<Node> m_nodes;
    std::vector<std::pair<std::size_t, Link>> m_links; ///< with the index each had, ascending
};

} // namespace

Step removeItems(GraphChanges &changes, const std::set<NodeId> &nodes, const std::vector<Link> &links)
{
    std::set<NodeId> gone = nodes;
    std::set<PortRef> ports; // of blocks, whose nodes inside go
    for (const NodeId id : nodes) {
        const auto within = changes.graph().allWithin(id);
        gone.insert(within.begin(), within.end());
        const Node *node = changes.graph().find(id);
        if (node && (node->type == kBlockInputType || node->type == kBlockOutputType))
            ports.insert({node->parent, node->name});
    }
    std::vector<Node> removedNodes;
    for (const NodeId id : gone) {
        if (const Node *node = changes.graph().find(id))
            removedNodes.push_back(*node);
    }
    std::vector<std::pair<std::size_t, Link>> removedLinks;
    const auto &all = changes.graph().links();
    for (std::size_t index = 0; index < all.size(); ++index) {
        const Link &link = all[index];
        if (gone.contains(link.from.node) || gone.contains(link.to.node) || ports.contains(link.from) || ports.contains(link.to)
            || std::ranges::find(links, link) != links.end())
            removedLinks.emplace_back(index, link);
    }
    if (removedNodes.empty() && removedLinks.empty())
        return nullptr;
    return std::make_unique<RemoveItems>(changes, std::move(removedNodes), std::move(removedLinks));
}

} // namespace netloom::steps
