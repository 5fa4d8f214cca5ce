// SPDX-License-Identifier: GPL-3.0-or-later
// Building without a mouse: from node to node along the wires, and a wire without a hand.
#include "canvas/canvas_view.h"

#include "canvas/wire_finder.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// The node, of @p candidates, whose card lies nearest to @p from.
const NodeItem *nearest(const CanvasScene &scene, const std::vector<NodeId> &candidates, QPointF from)
{
    const NodeItem *best = nullptr;
    double least = 0;
    for (const NodeId id : candidates) {
        const NodeItem *item = scene.nodeItem(id);
        if (!item)
            continue;
        const QPointF way = item->cardRect().center() - from;
        const double away = std::hypot(way.x(), way.y());
        if (!best || away < least) {
            best = item;
            least = away;
        }
    }
    return best;
}

/// Along a wire for left and right; for up and down to a node that shares a neighbour, else to any that lies there.
std::vector<NodeId> waysOn(const Graph &graph, NodeId from, QPoint direction)
{
    std::vector<NodeId> ways;
    if (direction.x() > 0) {
        for (const Link &link : graph.linksFrom(from))
            ways.push_back(link.to.node);
    } else if (direction.x() < 0) {
        for (const Link &link : graph.linksInto(from))
            ways.push_back(link.from.node);
    } else {
        for (const Link &into : graph.linksInto(from)) {
            for (const Link &beside : graph.linksFrom(into.from.node))
                ways.push_back(beside.to.node);
        }
        for (const Link &out : graph.linksFrom(from)) {
            for (const Link &beside : graph.linksInto(out.to.node))
                ways.push_back(beside.from.node);
        }
    }
    return ways;
}

} // namespace

void CanvasView::walk(QPoint direction)
{
    if (m_active)
        return;
    const Graph &graph = m_document.graph();
    const std::vector<NodeId> here = graph.childrenOf(m_document.scope());
    if (here.empty())
        return;
    const auto &selected = m_document.selectedNodes();
    const NodeItem *from = selected.empty() ? nullptr : m_scene->nodeItem(*selected.rbegin());
    NodeId next = here.front();
    if (from) {
        const QPointF middle = from->cardRect().center();
        const auto liesThere = [&](NodeId id) {
            const NodeItem *item = m_scene->nodeItem(id);
            return item && item != from && (direction.y() == 0 || (item->cardRect().center().y() - middle.y()) * direction.y() > 0);
        };
        std::vector<NodeId> ways = waysOn(graph, from->id(), direction);
        std::erase_if(ways, [&](NodeId id) { return !liesThere(id); });
        if (ways.empty() && direction.y() != 0)
            std::ranges::copy_if(here, std::back_inserter(ways), liesThere);
        const NodeItem *found = nearest(*m_scene, ways, middle);
        if (!found)
            return;
        next = found->id();
    }
    goTo(next);
}

NodeId CanvasView::currentNode() const
{
    const auto &selected = m_document.selectedNodes();
    return selected.empty() ? NodeId() : *selected.rbegin();
}

void CanvasView::goTo(NodeId id)
{
    m_document.setSelection({id});
    if (const NodeItem *item = m_scene->nodeItem(id))
        ensureVisible(item->cardRect(), 40, 40);
}

void CanvasView::startWire()
{
    if (m_document.selectedNodes().size() == 1)
        m_wireFinder->open(*m_document.selectedNodes().begin());
}

void CanvasView::searchNodeAfter()
{
    if (m_document.selectedNodes().empty()) {
        searchNode();
        return;
    }
    const QRect card = nodeRect(*m_document.selectedNodes().rbegin());
    const QPoint beside = viewport()->rect().contains(card.topRight()) ? card.topRight() + QPoint(20, 0) : viewport()->rect().center();
    searchNodeAt(beside);
    m_searchedAfter = true;
}

} // namespace netloom
