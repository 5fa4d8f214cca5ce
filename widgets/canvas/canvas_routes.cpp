// SPDX-License-Identifier: GPL-3.0-or-later
// How the wires are laid among the cards: each in turn, clear of the ones before, and only those for which something changed.
#include "canvas/canvas_scene.h"

namespace netloom {

std::vector<QRectF> CanvasScene::cardRects() const
{
    std::vector<QRectF> rects;
    rects.reserve(m_nodes.size());
    for (const auto &[id, item] : m_nodes)
        rects.push_back(item->cardRect());
    return rects;
}

std::vector<QLineF> CanvasScene::runs() const
{
    std::vector<QLineF> runs;
    for (const auto &[link, item] : m_links) {
        if (item->run())
            runs.push_back(*item->run());
    }
    return runs;
}

void CanvasScene::routeAll()
{
    RouteField field(cardRects());
    RectGrid changed(field.area());
    for (const QRectF &rect : m_freed)
        changed.add(rect);
    m_freed.clear();
    for (const auto &[id, card] : m_routedCards) {
        const NodeItem *item = nodeItem(id);
        if (!item || item->cardRect() != card)
            changed.add(card);
    }
    auto before = std::exchange(m_routedCards, {});
    for (const auto &[id, item] : m_nodes) {
        const QRectF card = item->cardRect();
        const auto known = before.find(id);
        if (known == before.end() || known->second != card)
            changed.add(card);
        m_routedCards.emplace(id, card);
    }
    for (const auto &[link, item] : m_links)
        item->routeAgain(field, changed);
    m_routesStale = false;
}

/// After something that no card shows: another font, or labels shown or hidden.
void CanvasScene::routeAnew()
{
    for (const auto &[link, item] : m_links)
        item->forgetRoute();
    routeAll();
}

/// For the moment: as if no other wires were there.
void CanvasScene::routeAt(const std::set<NodeId> &nodes)
{
    const RouteField field(cardRects());
    for (const auto &[link, item] : m_links) {
        if (!nodes.contains(link.from.node) && !nodes.contains(link.to.node))
            continue;
        item->route(field);
        item->forgetRoute();
    }
}

} // namespace netloom
