// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

#include <ranges>

namespace netloom::steps {

namespace {

class AddNodes : public QUndoCommand {
public:
    AddNodes(GraphChanges &changes, std::vector<Node> nodes, std::vector<Link> links)
        : m_changes(changes), m_nodes(std::move(nodes)), m_links(std::move(links))
    {
    }

    void redo() override
    {
        for (const Node &node : m_nodes)
            m_changes.addNode(node);
        for (const Link &link : m_links)
            m_changes.addLink(link, m_changes.graph().links().size());
    }

    void undo() override
    {
        for (const Link &link : m_links | std::views::reverse)
            m_changes.removeLink(link);
        for (const Node &node : m_nodes | std::views::reverse)
            m_changes.removeNode(node.id);
    }

private:
    GraphChanges &m_changes;
    std::vector<Node> m_nodes;
    std::vector<Link> m_links;
};

} // namespace

Step addNodes(GraphChanges &changes, std::vector<Node> nodes, std::vector<Link> links)
{
    return std::make_unique<AddNodes>(changes, std::move(nodes), std::move(links));
}

} // namespace netloom::steps
