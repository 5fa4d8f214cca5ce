// SPDX-License-Identifier: GPL-3.0-or-later
// Frames: how they are drawn, and what lies at them and in them.
#include "canvas/canvas_view.h"

#include "graph/frame.h"

#include <algorithm>

namespace netloom {

namespace {

FrameItem *smallest(FrameItem *a, FrameItem *b)
{
    return !a || (b && b->zValue() > a->zValue()) ? b : a;
}

/// A colour that few of the frames beside it have.
std::string freshColor(const Document &document, const ParamDecl &decl)
{
    const auto uses = [&](const std::string &color) {
        return std::ranges::count_if(document.graph().nodes(), [&](const auto &entry) {
            const Node &node = entry.second;
            return node.type == kFrameType && node.parent == document.scope() && node.params.has(kFrameColor) && node.params.text(kFrameColor) == color;
        });
    };
    return *std::ranges::min_element(decl.choices, {}, uses);
}

} // namespace

std::optional<QPointF> CanvasScene::placeOf(NodeId id) const
{
    if (const NodeItem *item = nodeItem(id))
        return item->pos();
    const FrameItem *frame = frameItem(id);
    return frame ? std::optional(frame->pos()) : std::nullopt;
}

bool CanvasScene::isCovered(QPointF scenePoint, double tolerance) const
{
    return nodeAt(scenePoint) || portAt(scenePoint, tolerance) || linkAt(scenePoint, tolerance);
}

FrameItem *CanvasScene::frameTitleAt(QPointF scenePoint, double tolerance) const
{
    FrameItem *found = nullptr;
    for (const auto &[id, frame] : m_frames) {
        if (frame->titleRect().contains(scenePoint))
            found = smallest(found, frame);
    }
    return found && !isCovered(scenePoint, tolerance) ? found : nullptr;
}

FrameItem *CanvasScene::frameEdgeAt(QPointF scenePoint, double tolerance) const
{
    FrameItem *found = nullptr;
    for (const auto &[id, frame] : m_frames) {
        if (frame->edgesAt(scenePoint, tolerance))
            found = smallest(found, frame);
    }
    return found && !isCovered(scenePoint, tolerance) ? found : nullptr;
}

std::set<NodeId> CanvasScene::withContents(std::set<NodeId> nodes) const
{
    const std::set<NodeId> asked = nodes;
    for (const NodeId id : asked) {
        const FrameItem *frame = frameItem(id);
        if (!frame)
            continue;
        for (const auto &[other, item] : m_nodes) {
            if (frame->holdsMiddle(item->cardRect()))
                nodes.insert(other);
        }
        for (const auto &[other, inner] : m_frames) {
            if (inner != frame && frame->holds(inner->area()))
                nodes.insert(other);
        }
    }
    return nodes;
}

std::vector<FrameItem *> CanvasScene::framesIn(const QRectF &rect) const
{
    std::vector<FrameItem *> found;
    for (const auto &[id, frame] : m_frames) {
        if (rect.contains(frame->area()))
            found.push_back(frame);
    }
    return found;
}

void CanvasView::makeFrame()
{
    cancelGesture();
    constexpr QSizeF kEmpty(400, 240);
    const QRectF cards = m_scene->cardsRect(m_document.selectedNodes());
    const QRectF middle(visibleScene().center() - QPointF(kEmpty.width(), kEmpty.height()) / 2, kEmpty);
    const QRectF area = cards.isEmpty() ? QRectF(snapped(middle.topLeft()), kEmpty) : frameAround(cards);
    const NodeSpec *spec = m_document.registry().find(kFrameType);
    if (!spec)
        return;
    Params params = Params::defaults(spec->params);
    params.set(kFrameColor, freshColor(m_document, *spec->findParam(kFrameColor)));
    Graph after = m_document.graph();
    const NodeId frame = after.addNode({.type = kFrameType, .params = std::move(params), .parent = m_document.scope()});
    setFrameArea(after, frame, {{area.x(), area.y()}, area.width(), area.height()});
    m_document.applyGraph(after, tr("Draw a frame"));
    m_document.setSelection({frame});
    renameNode(frame);
}

} // namespace netloom
