// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

namespace netloom::steps {

namespace {

class SetRecipe : public QUndoCommand {
public:
    SetRecipe(GraphChanges &changes, std::string name, ParamValue before, ParamValue after, int gesture)
        : m_changes(changes), m_name(std::move(name)), m_before(std::move(before)), m_after(std::move(after)),
          m_gesture(gesture)
    {
    }

    int id() const override { return m_gesture ? kSetRecipe : -1; }
    void redo() override { m_changes.setRecipe(m_name, m_after); }
    void undo() override { m_changes.setRecipe(m_name, m_before); }

    bool mergeWith(const QUndoCommand *next) override
    {
        const auto *other = static_cast<const SetRecipe *>(next);
        if (other->m_gesture != m_gesture || other->m_name != m_name)
            return false;
        m_after = other->m_after;
        setObsolete(m_before == m_after);
        return true;
    }

private:
    GraphChanges &m_changes;
    std::string m_name;
    ParamValue m_before;
    ParamValue m_after;
    int m_gesture;
};

} // namespace

Step setRecipe(GraphChanges &changes, const Params &recipe, std::string name, ParamValue value, int gesture)
{
    ParamValue before = recipe.at(name);
    return std::make_unique<SetRecipe>(changes, std::move(name), std::move(before), std::move(value), gesture);
}

} // namespace netloom::steps
