// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

namespace netloom {

// The parameters of a frame.
inline constexpr char kFrameTitle[] = "title";
inline constexpr char kFrameColor[] = "color";
inline constexpr char kFrameWidth[] = "width";
inline constexpr char kFrameHeight[] = "height";

/// The area that a frame covers, scene units; what lies within belongs to it. Its node's position is the top left corner.
struct FrameArea {
    Point corner;
    double width = 0;
    double height = 0;
    friend bool operator==(const FrameArea &, const FrameArea &) = default;
};

FrameArea frameArea(const Node &frame);
/// Gives a frame of @p graph another area: whole units, within what its parameters allow.
void setFrameArea(Graph &graph, NodeId frame, const FrameArea &area);
/// What a frame is called: its title, or its name where it has none.
std::string frameTitle(const Node &frame);

} // namespace netloom
