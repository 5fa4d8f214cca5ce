// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/steps/steps.h"

#include <algorithm>

namespace netloom::steps {

namespace {

/// One parameter of one node, and what it was; nothing where a file left it out.
struct Setting {
    NodeId node;
    std::string param;
    std::optional<ParamValue> before;
};

class SetParam : public QUndoCommand {
public:
    SetParam(GraphChanges &changes, std::vector<Setting> settings, ParamValue after, int gesture)
        : m_changes(changes), m_settings(std::move(settings)), m_after(std::move(after)), m_gesture(gesture)
    {
    }

    int id() const override { return m_gesture ? kSetParam : -1; }

    void redo() override
    {
        for (const Setting &setting : m_settings)
            m_changes.setParam(setting.node, setting.param, m_after);
    }

    void undo() override
    {
        for (const Setting &setting : m_settings) {
            if (setting.before)
                m_changes.setParam(setting.node, setting.param, *setting.before);
            else
                m_changes.eraseParam(setting.node, setting.param);
        }
    }

    bool mergeWith(const QUndoCommand *next) override
    {
        const auto *other = static_cast<const SetParam *>(next);
        const auto sameTarget = [](const Setting &a, const Setting &b) { return a.node == b.node && a.param == b.param; };
        if (other->m_gesture != m_gesture || !std::ranges::equal(m_settings, other->m_settings, sameTarget))
            return false;
        m_after = other->m_after;
        setObsolete(std::ranges::all_of(m_settings, [this](const Setting &setting) { return setting.before == m_after; }));
        return true;
    }

private:
    GraphChanges &m_changes;
    std::vector<Setting> m_settings;
    ParamValue m_after;
    int m_gesture;
};

} // namespace

Step setParam(GraphChanges &changes, const std::vector<std::pair<NodeId, std::string>> &targets, ParamValue value, int gesture)
{
    std::vector<Setting> settings;
    for (const auto &[node, param] : targets) {
        const Params &params = changes.graph().find(node)->params;
        settings.push_back({node, param, params.has(param) ? std::optional(params.at(param)) : std::nullopt});
    }
    return std::make_unique<SetParam>(changes, std::move(settings), std::move(value), gesture);
}

} // namespace netloom::steps
