// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"

namespace netloom {

namespace {

/// Middle drag, or Space and left drag: the canvas follows the hand.
class Pan : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::MiddleButton && !(pointer.button == Qt::LeftButton && pointer.panKey))
            return false;
        m_last = pointer.view;
        view().viewport()->setCursor(Qt::ClosedHandCursor);
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        view().scrollBy(m_last - pointer.view);
        m_last = pointer.view;
    }

    void release(const CanvasPointer &) override { cancel(); }
    void cancel() override { view().showIdleCursor(); }

private:
    QPoint m_last;
};

} // namespace

InteractionPtr makePan(CanvasView &view)
{
    return std::make_unique<Pan>(view);
}

} // namespace netloom
