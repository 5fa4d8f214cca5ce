// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

#include <optional>
#include <string>

namespace netloom {

enum class LinkError {
    UnknownPort,
    OtherBlock,
    WrongDirection,
    SelfLoop,
    KindMismatch,
    TransformAfterLayer,
    Duplicate,
    Cycle,
    PortTaken,
};

struct LinkRefusal {
    LinkError error;
    std::string reason; ///< a sentence for people, with the mend
};

/// Whether an input that already has its one wire refuses a second one or has it replaced.
enum class TakenInput { Refuse, Replace };

/// The one rule about which ports connect. Colouring, drop feedback, editing and loading all ask here.
/// Nothing means that the link is fine.
std::optional<LinkRefusal> checkLink(const Graph &graph, const NodeRegistry &registry, const Link &link,
    TakenInput taken = TakenInput::Refuse);

} // namespace netloom
