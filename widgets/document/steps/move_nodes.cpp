// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

namespace netloom::steps {

namespace {

class MoveNodes : public QUndoCommand {
public:
    MoveNodes(GraphChanges &changes, std::map<NodeId, Point> before, std::map<NodeId, Point> after, int gesture)
        : m_changes(changes), m_before(std::move(before)), m_after(std::move(after)), m_gesture(gesture)
    {
    }

    int id() const override { return m_gesture ? kMoveNodes : -1; }
    void redo() override { place(m_after); }
    void undo() override { place(m_before); }

    bool mergeWith(const QUndoCommand *next) override
    {
        const auto *other = static_cast<const MoveNodes *>(next);
        if (other->m_gesture != m_gesture)
            return false;
        m_before.insert(other->m_before.begin(), other->m_before.end());
        for (const auto &[id, position] : other->m_after)
            m_after[id] = position;
        setObsolete(m_before == m_after);
        return true;
    }

private:
    void place(const std::map<NodeId, Point> &positions)
    {
        for (const auto &[id, position] : positions)
            m_changes.setPosition(id, position);
    }

    GraphChanges &m_changes;
    std::map<NodeId, Point> m_before;
    std::map<NodeId, Point> m_after;
    int m_gesture;
};

} // namespace

Step moveNodes(GraphChanges &changes, std::map<NodeId, Point> after, int gesture)
{
    std::map<NodeId, Point> before;
    for (const auto &[id, position] : after)
        before[id] = changes.graph().find(id)->position;
    return std::make_unique<MoveNodes>(changes, std::move(before), std::move(after), gesture);
}

} // namespace netloom::steps
