// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/node_catalogue.h"

#include <QString>

#include <vector>

namespace netloom {

/// How well @p spec answers @p query, over type, keywords and doc; 0 when it doesn't. An empty query fits all alike.
int searchScore(const NodeSpec &spec, const QString &query);
/// Every type, own blocks among them, that answers @p query, best first; ties in palette order.
std::vector<const NodeSpec *> searchNodes(const NodeCatalogue &catalogue, const QString &query);

} // namespace netloom
