// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

#include <algorithm>

namespace netloom::steps {

namespace {

bool hasLink(const Graph &graph, const Link &link)
{
    return std::ranges::find(graph.links(), link) != graph.links().end();
}

bool isSameNode(const Node *a, const Node *b)
{
    return a && b && a->type == b->type && a->extra == b->extra;
}

/// Changes what differs between two graphs, and nothing else.
class ChangeGraph : public QUndoCommand {
public:
    ChangeGraph(GraphChanges &changes, Graph before, Graph after)
        : m_changes(changes), m_before(std::move(before)), m_after(std::move(after))
    {
    }

    void redo() override { become(m_before, m_after); }
    void undo() override { become(m_after, m_before); }

private:
    void become(const Graph &from, const Graph &to)
    {
        const auto stays = [&](NodeId id) { return isSameNode(from.find(id), to.find(id)); };
        for (const Link &link : from.links()) {
            if (!hasLink(to, link) || !stays(link.from.node) || !stays(link.to.node))
                m_changes.removeLink(link);
        }
        for (const auto &[id, node] : from.nodes()) {
            if (!stays(id))
                m_changes.removeNode(id);
        }
        renameNodes(from, to);
        for (const auto &[id, node] : to.nodes()) {
            if (stays(id))
                changeNode(*from.find(id), node);
            else
                m_changes.addNode(node);
        }
        arrangeLinks(to);
    }

    /// Names that change hands are free in between.
    void renameNodes(const Graph &from, const Graph &to)
    {
        std::vector<NodeId> renamed;
        for (const auto &[id, node] : to.nodes()) {
            const Node *old = from.find(id);
            if (isSameNode(old, &node) && old->name != node.name)
                renamed.push_back(id);
        }
        for (NodeId id : renamed)
            m_changes.rename(id, m_changes.graph().freeName("renamed"));
        for (NodeId id : renamed)
            m_changes.rename(id, to.find(id)->name);
    }

    void changeNode(const Node &from, const Node &to)
    {
        if (from.position != to.position)
            m_changes.setPosition(to.id, to.position);
        for (const auto &[name, value] : to.params.values()) {
            if (!from.params.has(name) || from.params.at(name) != value)
                m_changes.setParam(to.id, name, value);
        }
        for (const auto &[name, value] : from.params.values()) {
            if (!to.params.has(name))
                m_changes.eraseParam(to.id, name);
        }
    }

    void arrangeLinks(const Graph &to)
    {
        for (std::size_t index = 0; index < to.links().size(); ++index) {
            const Link &link = to.links()[index];
            if (index < m_changes.graph().links().size() && m_changes.graph().links()[index] == link)
                continue;
            if (hasLink(m_changes.graph(), link))
                m_changes.removeLink(link);
            m_changes.addLink(link, index);
        }
    }

    GraphChanges &m_changes;
    Graph m_before;
    Graph m_after;
};

} // namespace

Step changeGraph(GraphChanges &changes, Graph after)
{
    Graph before = changes.graph();
    return std::make_unique<ChangeGraph>(changes, std::move(before), std::move(after));
}

} // namespace netloom::steps
