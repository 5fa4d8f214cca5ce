// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"

namespace netloom {

CanvasScene &Interaction::scene() const
{
    return m_view.canvasScene();
}

Document &Interaction::document() const
{
    return m_view.document();
}

std::vector<InteractionPtr> makeInteractions(CanvasView &view)
{
    std::vector<InteractionPtr> all;
    all.push_back(makePan(view));
    all.push_back(makePaletteDrop(view));
    all.push_back(makeKnife(view));
    all.push_back(makeLazyConnect(view));
    all.push_back(makeLinkDrag(view));
    all.push_back(makeFrameResize(view));
    all.push_back(makeNodeDrag(view));
    all.push_back(makeLinkPick(view));
    all.push_back(makeRubberBand(view));
    return all;
}

} // namespace netloom
