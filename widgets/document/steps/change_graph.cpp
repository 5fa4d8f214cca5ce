// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

#include <algorithm>

namespace netloom::steps {

namespace {

/// What is in the sorted list @p of and not in @p without.
std::vector<Link> difference(const std::vector<Link> &of, const std::vector<Link> &without)
{
    std::vector<Link> a = of;
    std::vector<Link> b = without;
    std::ranges::sort(a);
    std::ranges::sort(b);
    std::vector<Link> found;
    std::ranges::set_difference(a, b, std::back_inserter(found));
    return found;
}

/// The nodes and links that differ between two graphs; both ways.
class ChangeGraph : public QUndoCommand {
public:
    ChangeGraph(GraphChanges &changes, const Graph &before, const Graph &after)
        : m_changes(changes), m_linksBefore(before.links()), m_linksAfter(after.links())
    {
        for (const auto &[id, node] : before.nodes()) {
            const Node *now = after.find(id);
            if (!now)
                m_removed.push_back(node);
            else if (*now != node)
                m_changed.emplace_back(node, *now);
        }
        for (const auto &[id, node] : after.nodes()) {
            if (!before.find(id))
                m_added.push_back(node);
        }
        if (m_linksBefore == m_linksAfter) {
            m_linksBefore.clear();
            m_linksAfter.clear();
        }
    }

    void redo() override
    {
        std::vector<Node> changed;
        for (const auto &[before, after] : m_changed)
            changed.push_back(after);
        become(m_removed, changed, m_added, m_linksBefore, m_linksAfter);
    }

    void undo() override
    {
        std::vector<Node> changed;
        for (const auto &[before, after] : m_changed)
            changed.push_back(before);
        become(m_added, changed, m_removed, m_linksAfter, m_linksBefore);
    }

private:
    void become(const std::vector<Node> &removed, const std::vector<Node> &changed, const std::vector<Node> &added,
        const std::vector<Link> &linksBefore, const std::vector<Link> &linksAfter)
    {
        std::vector<Link> gone = difference(linksBefore, linksAfter);
        std::vector<Link> fresh = difference(linksAfter, linksBefore);
        if (!keepsOrder(linksBefore, linksAfter, gone, fresh)) {
            gone = linksBefore;
            fresh = linksAfter;
        }
        for (const Link &link : gone)
            m_changes.removeLink(link);
        for (const Node &node : added)
            m_changes.addNode(node);
        for (const Node &node : changed)
            m_changes.replaceNode(node);
        for (const Node &node : removed) // after what was within them has been put elsewhere
            m_changes.removeNode(node.id);
        std::ranges::sort(fresh);
        for (std::size_t index = 0; index < linksAfter.size(); ++index) {
            if (std::ranges::binary_search(fresh, linksAfter[index]))
                m_changes.addLink(linksAfter[index], index);
        }
    }

    /// Whether the links that stay follow one another as before.
    static bool keepsOrder(const std::vector<Link> &before, const std::vector<Link> &after, const std::vector<Link> &gone, const std::vector<Link> &fresh)
    {
        std::vector<Link> stayBefore = before;
        std::vector<Link> stayAfter = after;
        std::erase_if(stayBefore, [&](const Link &link) { return std::ranges::binary_search(gone, link); });
        std::erase_if(stayAfter, [&](const Link &link) { return std::ranges::binary_search(fresh, link); });
        return stayBefore == stayAfter;
    }

    GraphChanges &m_changes;
    std::vector<Node> m_removed;
    std::vector<std::pair<Node, Node>> m_changed;
    std::vector<Node> m_added;
    std::vector<Link> m_linksBefore; ///< all of them; none where the links stay as they are
    std::vector<Link> m_linksAfter;
};

} // namespace

Step changeGraph(GraphChanges &changes, const Graph &after)
{
    return std::make_unique<ChangeGraph>(changes, changes.graph(), after);
}

} // namespace netloom::steps
