// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"

#include <QPainter>

namespace netloom {

namespace {

/// Left drag on empty canvas draws a box that selects; Shift or Ctrl adds to the selection. A click empties it.
class RubberBand : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::LeftButton)
            return false;
        m_from = m_to = pointer.scene;
        m_pressedAt = pointer.view;
        m_drawn = false;
        m_adds = pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        m_drawn |= view().isDrag(m_pressedAt, pointer.view);
        if (!m_drawn)
            return;
        m_to = pointer.scene;
        const auto [nodes, links] = chosen();
        scene().previewSelection(nodes, links);
        view().updateOverlay(box());
    }

    void release(const CanvasPointer &pointer) override
    {
        move(pointer);
        const auto [nodes, links] = chosen();
        document().setSelection(nodes, links);
        finish();
    }

    void cancel() override { finish(); }

    void paint(QPainter &painter) override
    {
        if (!m_drawn)
            return;
        QColor fill = scene().style().theme().accent;
        QPen outline(fill, 1);
        outline.setCosmetic(true);
        fill.setAlpha(36);
        painter.setPen(outline);
        painter.setBrush(fill);
        painter.drawRect(box());
    }

    bool scrollsAtEdges() const override { return m_drawn; }

private:
    QRectF box() const { return QRectF(m_from, m_to).normalized(); }

    std::pair<std::set<NodeId>, std::vector<Link>> chosen() const
    {
        std::set<NodeId> nodes;
        std::vector<Link> links;
        if (m_adds) {
            nodes = document().selectedNodes();
            links = document().selectedLinks();
        }
        if (!m_drawn)
            return {nodes, links};
        const auto inside = scene().nodesIn(box());
        for (const NodeItem *item : inside)
            nodes.insert(item->id());
        for (const FrameItem *frame : scene().framesIn(box()))
            nodes.insert(frame->id());
        // A box over wires alone means the wires.
        if (inside.empty()) {
            for (const LinkItem *item : scene().linksIn(box()))
                links.push_back(item->link());
        }
        return {nodes, links};
    }

    void finish()
    {
        m_drawn = false;
        scene().previewSelection(document().selectedNodes(), document().selectedLinks());
        view().viewport()->update();
    }

    QPointF m_from;
    QPointF m_to;
    QPoint m_pressedAt;
    bool m_drawn = false;
    bool m_adds = false;
};

} // namespace

InteractionPtr makeRubberBand(CanvasView &view)
{
    return std::make_unique<RubberBand>(view);
}

} // namespace netloom
