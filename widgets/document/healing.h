// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

namespace netloom {

/// Deletes nodes and links as one step, and closes the gaps that the nodes leave: what came into a deleted node goes on to what it fed,
/// where the ports fit.
void removeAndHeal(Document &document, const std::set<NodeId> &nodes, const std::vector<Link> &links, const QString &stepName);

} // namespace netloom
