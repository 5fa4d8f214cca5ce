// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

#include <algorithm>
#include <ranges>

namespace netloom::steps {

namespace {

class ConnectPorts : public QUndoCommand {
public:
    ConnectPorts(GraphChanges &changes, Link link, std::vector<std::pair<std::size_t, Link>> givenUp)
        : m_changes(changes), m_link(std::move(link)), m_givenUp(std::move(givenUp))
    {
    }

    void redo() override
    {
        for (const auto &[index, link] : m_givenUp | std::views::reverse)
            m_changes.removeLink(link);
        const std::size_t end = m_changes.graph().links().size();
        m_changes.addLink(m_link, m_givenUp.empty() ? end : std::min(end, m_givenUp.front().first));
    }

    void undo() override
    {
        m_changes.removeLink(m_link);
        for (const auto &[index, link] : m_givenUp)
            m_changes.addLink(link, index);
    }

private:
    GraphChanges &m_changes;
    Link m_link;
    std::vector<std::pair<std::size_t, Link>> m_givenUp; ///< with the index each had, ascending
};

} // namespace

Step connectPorts(GraphChanges &changes, Link link, std::vector<Link> givenUp)
{
    std::vector<std::pair<std::size_t, Link>> indexed;
    const auto &all = changes.graph().links();
    for (std::size_t index = 0; index < all.size(); ++index) {
        if (std::ranges::find(givenUp, all[index]) != givenUp.end())
            indexed.emplace_back(index, all[index]);
    }
    return std::make_unique<ConnectPorts>(changes, std::move(link), std::move(indexed));
}

} // namespace netloom::steps
