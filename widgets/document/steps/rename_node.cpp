// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

namespace netloom::steps {

namespace {

class RenameNode : public QUndoCommand {
public:
    RenameNode(GraphChanges &changes, NodeId id, std::string before, std::string after)
        : m_changes(changes), m_id(id), m_before(std::move(before)), m_after(std::move(after))
    {
    }

    void redo() override { m_changes.rename(m_id, m_after); }
    void undo() override { m_changes.rename(m_id, m_before); }

private:
    GraphChanges &m_changes;
    NodeId m_id;
    std::string m_before;
    std::string m_after;
};

} // namespace

Step renameNode(GraphChanges &changes, NodeId id, std::string name)
{
    return std::make_unique<RenameNode>(changes, id, changes.graph().find(id)->name, std::move(name));
}

} // namespace netloom::steps
