// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include "document/document.h"

namespace netloom {

class CanvasScene;

/// How a node would go into a wire: which of its ports take the two halves.
struct LinkInsertion {
    Link link;
    std::string input;
    std::string output;
    friend bool operator==(const LinkInsertion &, const LinkInsertion &) = default;
};

/// Whether a node of type @p spec fits into @p link. @p node is the node itself when it is in the graph already.
std::optional<LinkInsertion> insertionInto(const Document &document, const Link &link, const NodeSpec &spec, NodeId node = {});

/// The wire under the card @p card that a node of type @p spec fits into.
std::optional<LinkInsertion> insertionUnder(const CanvasScene &scene, const QRectF &card, const NodeSpec &spec, NodeId node = {});

/// Leads the wire through @p node.
void insertIntoLink(Document &document, const LinkInsertion &insertion, NodeId node);

/// The types of which a new node would connect to the port @p fixed, each with its first port that does.
std::map<std::string, std::string> typesThatFit(const Document &document, const PortRef &fixed, bool fixedIsOutput);

/// The first pair of ports that connects @p from to @p to; by default one that gives up no wire.
std::optional<Link> firstFit(const Document &document, NodeId from, NodeId to, TakenInput taken = TakenInput::Refuse);

} // namespace netloom
