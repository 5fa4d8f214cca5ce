// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"
#include "graph/frame.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr double kSmallest = 4 * NodeGeometry::kGrid;

/// A drag of a frame's edge or corner gives it another size on the grid, as one step; what lies in it stays where it is.
class FrameResize : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        const double reach = view().sceneLength(CanvasView::kLinkReach);
        FrameItem *frame = pointer.button == Qt::LeftButton ? scene().frameEdgeAt(pointer.scene, reach) : nullptr;
        if (!frame)
            return false;
        m_frame = frame->id();
        m_edges = frame->edgesAt(pointer.scene, reach);
        m_before = m_area = frame->area();
        m_from = pointer.scene;
        document().setSelection({m_frame});
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        const QPointF by = pointer.scene - m_from;
        m_area = m_before;
        if (m_edges & Qt::LeftEdge)
            m_area.setLeft(std::min(snapped(m_before.topLeft() + by).x(), m_before.right() - kSmallest));
        if (m_edges & Qt::RightEdge)
            m_area.setRight(std::max(snapped(m_before.bottomRight() + by).x(), m_before.left() + kSmallest));
        if (m_edges & Qt::TopEdge)
            m_area.setTop(std::min(snapped(m_before.topLeft() + by).y(), m_before.bottom() - kSmallest));
        if (m_edges & Qt::BottomEdge)
            m_area.setBottom(std::max(snapped(m_before.bottomRight() + by).y(), m_before.top() + kSmallest));
        if (FrameItem *frame = scene().frameItem(m_frame))
            frame->previewArea(m_area);
    }

    void release(const CanvasPointer &pointer) override
    {
        move(pointer);
        if (m_area != m_before) {
            Graph after = document().graph();
            setFrameArea(after, m_frame, {{m_area.x(), m_area.y()}, m_area.width(), m_area.height()});
            document().applyGraph(after, CanvasView::tr("Resize the frame"));
        }
        scene().showDocument();
    }

    void cancel() override { scene().showDocument(); }

    bool scrollsAtEdges() const override { return true; }

private:
    NodeId m_frame;
    Qt::Edges m_edges;
    QRectF m_before;
    QRectF m_area;
    QPointF m_from;
};

} // namespace

InteractionPtr makeFrameResize(CanvasView &view)
{
    return std::make_unique<FrameResize>(view);
}

} // namespace netloom
