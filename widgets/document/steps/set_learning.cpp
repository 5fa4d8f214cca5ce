// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

namespace netloom::steps {

namespace {

/// How one node learns.
class SetLearning : public QUndoCommand {
public:
    SetLearning(GraphChanges &changes, NodeId node, bool frozen, double lrScale, int gesture)
        : m_changes(changes), m_node(node), m_before{changes.graph().find(node)->frozen, changes.graph().find(node)->lrScale}, m_after{frozen, lrScale},
          m_gesture(gesture)
    {
    }

    int id() const override { return m_gesture ? kSetLearning : -1; }
    void redo() override { become(m_after); }
    void undo() override { become(m_before); }

    bool mergeWith(const QUndoCommand *next) override
    {
        const auto *other = static_cast<const SetLearning *>(next);
        if (other->m_gesture != m_gesture || other->m_node != m_node)
            return false;
        m_after = other->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    struct Learning {
        bool frozen = false;
        double lrScale = 1;
        friend bool operator==(const Learning &, const Learning &) = default;
    };

    void become(const Learning &learning)
    {
        Node node = *m_changes.graph().find(m_node);
        node.frozen = learning.frozen;
        node.lrScale = learning.lrScale;
        m_changes.replaceNode(node);
    }

    GraphChanges &m_changes;
    NodeId m_node;
    Learning m_before;
    Learning m_after;
    int m_gesture;
};

} // namespace

Step setLearning(GraphChanges &changes, NodeId node, bool frozen, double lrScale, int gesture)
{
    return std::make_unique<SetLearning>(changes, node, frozen, lrScale, gesture);
}

} // namespace netloom::steps
