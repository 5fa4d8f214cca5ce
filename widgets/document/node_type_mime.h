// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

/// The MIME type of a node type dragged from the palette onto the canvas; the payload is the type's name in UTF-8.
inline constexpr char kNodeTypeMime[] = "application/x-netloom-node-type";

} // namespace netloom
