// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/interactions/interaction.h"

#include <memory>
#include <vector>

namespace netloom {

using InteractionPtr = std::unique_ptr<Interaction>;

InteractionPtr makePan(CanvasView &view);
InteractionPtr makePaletteDrop(CanvasView &view);
InteractionPtr makeFrameResize(CanvasView &view);
InteractionPtr makeKnife(CanvasView &view);
InteractionPtr makeLazyConnect(CanvasView &view);
InteractionPtr makeLinkDrag(CanvasView &view);
InteractionPtr makeNodeDrag(CanvasView &view);
InteractionPtr makeLinkPick(CanvasView &view);
InteractionPtr makeRubberBand(CanvasView &view);

/// Every gesture, in the order in which they are asked. A new gesture is one file and one line here.
std::vector<InteractionPtr> makeInteractions(CanvasView &view);

} // namespace netloom
