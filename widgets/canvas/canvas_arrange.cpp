// SPDX-License-Identifier: GPL-3.0-or-later
// Lays cards out: all of them in layers, or the selected ones along a line.
#include "canvas/canvas_view.h"

#include "canvas/frame_layout.h"
#include "canvas/glide.h"
#include "graph/frame.h"

#include <algorithm>
#include <limits>

namespace netloom {

namespace {

QString nameOf(Alignment alignment)
{
    switch (alignment) {
    case Alignment::Left: return CanvasView::tr("Align left edges");
    case Alignment::Centre: return CanvasView::tr("Align centres");
    case Alignment::Right: return CanvasView::tr("Align right edges");
    case Alignment::Top: return CanvasView::tr("Align top edges");
    case Alignment::Middle: return CanvasView::tr("Align middles");
    case Alignment::Bottom: break;
    }
    return CanvasView::tr("Align bottom edges");
}

Cards selectedCards(const CanvasScene &scene)
{
    Cards cards;
    for (NodeId id : scene.document().selectedNodes()) {
        if (const NodeItem *item = scene.nodeItem(id))
            cards[id] = item->cardRect();
    }
    return cards;
}

} // namespace

void CanvasView::place(const Places &places, const QString &stepName, const std::map<NodeId, QRectF> &frames, bool frameAll)
{
    m_glide->finish();
    Places before;
    std::map<NodeId, Point> positions;
    for (const auto &[id, place] : places) {
        before[id] = m_scene->nodeItem(id)->pos();
        positions[id] = {place.x(), place.y()};
    }
    const ViewState view = viewState();
    if (frames.empty()) {
        m_document.moveNodes(positions, 0, stepName);
    } else {
        Graph after = m_document.graph();
        for (const auto &[id, position] : positions)
            after.setPosition(id, position);
        for (const auto &[id, area] : frames)
            setFrameArea(after, id, {{area.x(), area.y()}, area.width(), area.height()});
        m_document.applyGraph(after, stepName);
    }
    if (frameAll)
        zoomToFit();
    if (!m_reducedMotion && isVisible())
        m_glide->start(std::move(before), view);
}

void CanvasView::align(Alignment alignment)
{
    cancelGesture();
    place(aligned(selectedCards(*m_scene), alignment), nameOf(alignment));
}

void CanvasView::distribute(Qt::Orientation orientation)
{
    cancelGesture();
    const Cards cards = selectedCards(*m_scene);
    if (cards.size() > 2)
        place(distributed(cards, orientation), 
            orientation == Qt::Horizontal ? tr("Distribute horizontally") : tr("Distribute vertically"));
}

void CanvasView::straighten()
{
    cancelGesture();
    const Cards cards = selectedCards(*m_scene);
    std::vector<PortWire> wires;
    for (const Link &link : m_document.graph().links()) {
        const auto from = m_scene->portOf(link.from, true);
        const auto to = m_scene->portOf(link.to, false);
        if (from && to && cards.contains(link.from.node) && cards.contains(link.to.node))
            wires.push_back({link.from.node, from->place.y() - cards.at(link.from.node).top(), link.to.node,
                to->place.y() - cards.at(link.to.node).top()});
    }
    std::vector<QRectF> others;
    for (const NodeItem *item : m_scene->nodesIn(m_scene->cardsRect())) {
        if (!cards.contains(item->id()))
            others.push_back(item->cardRect());
    }
    place(straightened(cards, wires, others), tr("Straighten wires"));
}

void CanvasView::tidy()
{
    cancelGesture();
    const bool part = m_document.selectedNodes().size() > 1;
    const std::set<NodeId> chosen = m_scene->withContents(m_document.selectedNodes());
    std::map<NodeId, CardSize> cards;
    std::map<NodeId, FrameContents> frames;
    QPointF corner(std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity());
    for (const auto &[id, node] : m_document.graph().nodes()) {
        const QRectF rect = part && !chosen.contains(id) ? QRectF() : m_scene->cardsRect({id});
        if (rect.isEmpty())
            continue;
        if (m_scene->frameItem(id))
            frames[id] = {m_scene->withContents({id}), {rect.width(), rect.height()}};
        else
            cards[id] = {rect.width(), rect.height()};
        corner = {std::min(corner.x(), rect.x()), std::min(corner.y(), rect.y())};
    }
    LayoutOptions options;
    options.columnGap = NodeGeometry::kGap;
    if (!part)
        options.aspect = double(viewport()->width()) / std::max(1, viewport()->height());
    FramedLayout layout = layoutWithFrames(m_document.graph(), cards, frames, options);
    for (auto &[id, place] : layout.cards)
        place = snapped(corner + place);
    for (auto &[id, area] : layout.frames)
        area.moveTopLeft(snapped(corner + area.topLeft()));
    place(layout.cards, tr("Tidy up"), layout.frames, !part);
}

} // namespace netloom
