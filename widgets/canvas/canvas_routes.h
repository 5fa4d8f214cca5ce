// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/link_route.h"
#include "graph/ids.h"

#include <optional>

namespace netloom {

/// All wires of a scene being laid in order, as far as it has come.
struct RoutePass {
    explicit RoutePass(RouteField cards) : field(std::move(cards)), changed(field.area()) {}

    RouteField field;  ///< the cards, and the wires that are laid
    RectGrid changed;  ///< where something came or went
    std::optional<Link> next; ///< to be laid; nothing: the first
};

} // namespace netloom
