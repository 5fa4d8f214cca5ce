// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_candidates.h"

namespace netloom {

LinkCandidates::LinkCandidates(const Document &document, PortRef fixed, bool fixedIsOutput, std::optional<Link> instead)
    : m_document(document), m_fixed(std::move(fixed)), m_fixedIsOutput(fixedIsOutput)
{
    if (instead) {
        m_without = document.graph();
        m_without->removeLink(*instead);
    }
}

const std::optional<QString> &LinkCandidates::refusal(const PortRef &port, bool output) const
{
    const auto key = std::pair{port, output};
    if (const auto found = m_known.find(key); found != m_known.end())
        return found->second;
    std::optional<QString> reason;
    if (output == m_fixedIsOutput) {
        reason = Document::tr("A wire goes from an output to an input.");
    } else {
        const Graph &graph = m_without ? *m_without : m_document.graph();
        if (const auto refused = checkLink(graph, m_document.registry(), linkTo(port), TakenInput::Replace))
            reason = QString::fromStdString(refused->reason);
    }
    return m_known.emplace(key, std::move(reason)).first->second;
}

} // namespace netloom
