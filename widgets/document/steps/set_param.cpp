// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

namespace netloom::steps {

namespace {

class SetParam : public QUndoCommand {
public:
    SetParam(GraphChanges &changes, NodeId id, std::string name, std::optional<ParamValue> before, ParamValue after,
        int gesture)
        : m_changes(changes), m_id(id), m_name(std::move(name)), m_before(std::move(before)),
          m_after(std::move(after)), m_gesture(gesture)
    {
    }

    int id() const override { return m_gesture ? kSetParam : -1; }
    void redo() override { m_changes.setParam(m_id, m_name, m_after); }

    void undo() override
    {
        if (m_before)
            m_changes.setParam(m_id, m_name, *m_before);
        else
            m_changes.eraseParam(m_id, m_name);
    }

    bool mergeWith(const QUndoCommand *next) override
    {
        const auto *other = static_cast<const SetParam *>(next);
        if (other->m_gesture != m_gesture || other->m_id != m_id || other->m_name != m_name)
            return false;
        m_after = other->m_after;
        setObsolete(m_before == m_after);
        return true;
    }

private:
    GraphChanges &m_changes;
    NodeId m_id;
    std::string m_name;
    std::optional<ParamValue> m_before; ///< nothing where a file left the parameter out
    ParamValue m_after;
    int m_gesture;
};

} // namespace

Step setParam(GraphChanges &changes, NodeId id, std::string name, ParamValue value, int gesture)
{
    std::optional<ParamValue> before;
    if (const Params &params = changes.graph().find(id)->params; params.has(name))
        before = params.at(name);
    return std::make_unique<SetParam>(
        changes, id, std::move(name), std::move(before), std::move(value), gesture);
}

} // namespace netloom::steps
