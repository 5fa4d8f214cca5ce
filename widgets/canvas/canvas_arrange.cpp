// SPDX-License-Identifier: GPL-3.0-or-later
// Lays cards out: all of them in layers, or the selected ones along a line.
#include "canvas/canvas_view.h"

#include "canvas/glide.h"
#include "graph/layout.h"

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

void CanvasView::place(const Places &places, const QString &stepName, bool frameAll)
{
    m_glide->finish();
    Places before;
    std::map<NodeId, Point> positions;
    for (const auto &[id, place] : places) {
        before[id] = m_scene->nodeItem(id)->pos();
        positions[id] = {place.x(), place.y()};
    }
    const ViewState view = viewState();
    m_document.moveNodes(positions, 0, stepName);
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
    std::map<NodeId, CardSize> sizes;
    QPointF corner(std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity());
    for (const auto &[id, node] : m_document.graph().nodes()) {
        const NodeItem *item = m_scene->nodeItem(id);
        if (!item || (part && !m_document.selectedNodes().contains(id)))
            continue;
        sizes[id] = {item->cardRect().width(), item->cardRect().height()};
        corner = {std::min(corner.x(), node.position.x), std::min(corner.y(), node.position.y)};
    }
    LayoutOptions options;
    options.columnGap = NodeGeometry::kGap;
    if (!part)
        options.aspect = double(viewport()->width()) / std::max(1, viewport()->height());
    Places places;
    for (const auto &[id, at] : layeredLayout(m_document.graph(), sizes, options))
        places[id] = snapped(corner + QPointF(at.x, at.y));
    place(places, tr("Tidy up"), !part);
}

} // namespace netloom
