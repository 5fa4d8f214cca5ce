// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <QPainterPath>

namespace netloom {

/// A port's outline around 0, 0: circle for tensors, square for images, diamond for targets, triangle for rows, so that
/// kinds can be told apart without colours. An input that takes many wires is taller.
QPainterPath portShape(PortKind kind, bool variadic, double radius);

} // namespace netloom
