// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

namespace netloom {

/// The nodes of all blocks, without dots, that answer @p text by their name or path, a frame by its title, their type or the shape of an output ("32x28" finds N×32×28×28), best first and in
/// data-flow order inside; all for an empty text.
std::vector<NodeId> searchGraph(const Document &document, const QString &text);

/// The shapes of a node's outputs as far as they are known: "N×32×28×28".
QString shapeText(const Document &document, NodeId id);

} // namespace netloom
