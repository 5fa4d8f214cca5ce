// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"
#include "canvas/link_insertion.h"

namespace netloom {

namespace {

/// A press on a node, or on a frame's title, selects it; dragging moves the whole selection on the grid, and what lies in selected frames,
/// as one step. A lone node dropped on a wire that it fits goes into the wire; Alt prevents it.
class NodeDrag : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::LeftButton)
            return false;
        const NodeItem *item = scene().nodeAt(pointer.scene);
        const FrameItem *frame = item ? nullptr : scene().frameTitleAt(pointer.scene, view().sceneLength(CanvasView::kLinkReach));
        if (!item && !frame)
            return false;
        m_grabbed = item ? item->id() : frame->id();
        m_pressedAt = pointer.view;
        m_from = pointer.scene;
        m_starts.clear();
        m_insertion.reset();
        m_selectAlone = false;
        auto nodes = document().selectedNodes();
        auto links = document().selectedLinks();
        if (pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) {
            if (nodes.erase(m_grabbed) == 0)
                nodes.insert(m_grabbed);
            document().setSelection(nodes, links);
        } else if (nodes.contains(m_grabbed)) {
            m_selectAlone = true; // unless it becomes a drag of the whole selection
        } else {
            document().setSelection({m_grabbed});
        }
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        if (m_starts.empty()) {
            if (!view().isDrag(m_pressedAt, pointer.view) || !document().selectedNodes().contains(m_grabbed))
                return;
            for (NodeId id : scene().withContents(document().selectedNodes()))
                m_starts[id] = scene().placeOf(id).value();
            view().viewport()->setCursor(Qt::SizeAllCursor);
        }
        const QPointF start = m_starts.at(m_grabbed);
        const QPointF delta = snapped(start + pointer.scene - m_from) - start;
        std::map<NodeId, QPointF> positions;
        for (const auto &[id, from] : m_starts)
            positions[id] = from + delta;
        scene().previewPositions(positions);
        findInsertion(pointer.modifiers & Qt::AltModifier);
    }

    void release(const CanvasPointer &pointer) override
    {
        if (m_starts.empty()) {
            if (m_selectAlone)
                document().setSelection({m_grabbed});
            return;
        }
        move(pointer);
        std::map<NodeId, Point> positions;
        for (const auto &[id, start] : m_starts) {
            const QPointF place = scene().placeOf(id).value();
            positions[id] = {place.x(), place.y()};
        }
        const auto insertion = m_insertion;
        finish();
        if (insertion) {
            const StepGroup group(document(), Document::tr("Insert %1").arg(scene().nodeItem(m_grabbed)->face().title));
            document().moveNodes(positions);
            insertIntoLink(document(), *insertion, m_grabbed);
        } else {
            document().moveNodes(positions);
        }
        scene().showDocument();
    }

    void cancel() override
    {
        finish();
        scene().showDocument();
    }

    bool scrollsAtEdges() const override { return !m_starts.empty(); }

private:
    void findInsertion(bool prevented)
    {
        m_insertion.reset();
        const NodeSpec *spec = document().spec(m_grabbed);
        if (!prevented && spec && m_starts.size() == 1 && scene().nodeItem(m_grabbed) && document().graph().linksAt(m_grabbed).empty())
            m_insertion = insertionUnder(scene(), scene().nodeItem(m_grabbed)->cardRect(), *spec, m_grabbed);
        scene().setMarkedLink(m_insertion ? std::optional(m_insertion->link) : std::nullopt);
    }

    void finish()
    {
        m_starts.clear();
        m_insertion.reset();
        scene().setMarkedLink({});
        view().showIdleCursor();
    }

    NodeId m_grabbed;
    QPoint m_pressedAt;
    QPointF m_from;
    std::map<NodeId, QPointF> m_starts; ///< where each moved node was; empty until the drag begins
    std::optional<LinkInsertion> m_insertion;
    bool m_selectAlone = false;
};

} // namespace

InteractionPtr makeNodeDrag(CanvasView &view)
{
    return std::make_unique<NodeDrag>(view);
}

} // namespace netloom
