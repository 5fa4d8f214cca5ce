// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include "graph/ids.h"

#include <map>
#include <vector>

namespace netloom {

/// Which edge or middle the cards have in common.
enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };

/// The cards to arrange, in scene coordinates.
using Cards = std::map<NodeId, QRectF>;
/// Where each card's top left goes.
using Places = std::map<NodeId, QPointF>;

/// A wire between two cards, with the place of its ports below their cards' tops.
struct PortWire {
    NodeId from;
    double fromDrop = 0;
    NodeId to;
    double toDrop = 0;
};

/// All at the outermost edge, or around the common middle; the largest card lies on the grid, the others as exactly as it.
Places aligned(const Cards &cards, Alignment alignment);

/// Equal gaps, whole steps of the grid and one at least, from the first card on in the order in which they lie.
Places distributed(const Cards &cards, Qt::Orientation orientation);

/// Moves cards up or down so that wires which lead to the right run level from port to port. The longest way through the cards becomes
/// level first and keeps its first card where it is; then the ways beside it, each moved as a whole off the cards that it would cover.
/// At a branch one wire is level. @p others are cards that stay.
Places straightened(const Cards &cards, const std::vector<PortWire> &wires, const std::vector<QRectF> &others);

} // namespace netloom
