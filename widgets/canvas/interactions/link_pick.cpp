// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"

#include <algorithm>

namespace netloom {

namespace {

/// A click on a wire selects it; Shift or Ctrl adds it to the selection or takes it out.
class LinkPick : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::LeftButton)
            return false;
        const LinkItem *item = scene().linkAt(pointer.scene, view().sceneLength(CanvasView::kLinkReach));
        if (!item)
            return false;
        const Link link = item->link();
        if (pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) {
            auto links = document().selectedLinks();
            if (std::erase(links, link) == 0)
                links.push_back(link);
            document().setSelection(document().selectedNodes(), links);
        } else {
            document().setSelection({}, {link});
        }
        return true;
    }

    void move(const CanvasPointer &) override {}
    void release(const CanvasPointer &) override {}
    void cancel() override {}
};

} // namespace

InteractionPtr makeLinkPick(CanvasView &view)
{
    return std::make_unique<LinkPick>(view);
}

} // namespace netloom
