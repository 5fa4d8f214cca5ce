// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QSizeF>

#include "graph/ids.h"
#include "graph/graph.h"

#include <map>

namespace netloom {

class CanvasScene;

/// The place on the grid nearest below @p wish where a card of @p size touches no other.
QPointF freePlace(const CanvasScene &scene, QPointF wish, QSizeF size);

/// Where the cards behind @p link go so that a card of @p width fits between its two ends; empty where it fits already.
std::map<NodeId, Point> roomFor(const CanvasScene &scene, const Link &link, double width);

} // namespace netloom
