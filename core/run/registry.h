// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"

namespace netloom {

/// The whole catalogue: sources, transforms, layers, losses.
NodeRegistry fullRegistry();

} // namespace netloom
