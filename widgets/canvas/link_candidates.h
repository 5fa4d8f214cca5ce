// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "document/document.h"

#include <map>

namespace netloom {

/// Which ports a wire in the hand may end at. Every answer comes from checkLink(), is asked for once and kept.
class LinkCandidates {
public:
    /// A wire whose one end stays at @p fixed; @p instead is the wire that it was before it was picked up.
    LinkCandidates(const Document &document, PortRef fixed, bool fixedIsOutput, std::optional<Link> instead);

    /// Nothing where the wire may end at this port, else the reason.
    const std::optional<QString> &refusal(const PortRef &port, bool output) const;
    bool fits(const PortRef &port, bool output) const { return !refusal(port, output); }

    const PortRef &fixed() const { return m_fixed; }
    bool fixedIsOutput() const { return m_fixedIsOutput; }
    Link linkTo(const PortRef &port) const { return m_fixedIsOutput ? Link{m_fixed, port} : Link{port, m_fixed}; }

private:
    const Document &m_document;
    PortRef m_fixed;
    bool m_fixedIsOutput;
    std::optional<Graph> m_without; ///< the graph without the wire that was picked up
    mutable std::map<std::pair<PortRef, bool>, std::optional<QString>> m_known;
};

} // namespace netloom
