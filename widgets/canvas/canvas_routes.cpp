// SPDX-License-Identifier: GPL-3.0-or-later
// How the wires are laid among the cards: each in turn, clear of the ones before, and only those for which something changed.
// After a step that changes much, wires keep their old way at first, or take a rough one, and are laid bit by bit between events.
#include "canvas/canvas_routes.h"
#include "canvas/canvas_scene.h"

#include <QElapsedTimer>

namespace netloom {

namespace {

constexpr std::size_t kManyWires = 300;
constexpr std::size_t kManyCards = 60; ///< that came, went or moved
constexpr qint64 kSlice = 5;           ///< ms at a time

} // namespace

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
    abandonPass();
    auto pass = std::make_unique<RoutePass>(RouteField(cardRects()));
    RouteField &field = pass->field;
    RectGrid &changed = pass->changed;
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
    m_routesStale = false;
    if (m_links.size() < kManyWires || changed.rects().size() < kManyCards) {
        for (const auto &[link, item] : m_links)
            item->routeAgain(field, changed);
        return;
    }
    for (const auto &[link, item] : m_links) {
        if (!item->isLaid())
            item->routeForNow(field);
    }
    m_pass = std::move(pass);
    m_passTimer.start();
}

void CanvasScene::continuePass()
{
    if (!m_pass)
        return;
    QElapsedTimer time;
    time.start();
    auto wire = m_pass->next ? m_links.lower_bound(*m_pass->next) : m_links.begin();
    for (; wire != m_links.end() && time.elapsed() < kSlice; ++wire)
        wire->second->routeAgain(m_pass->field, m_pass->changed);
    if (wire == m_links.end()) {
        m_pass.reset();
        return;
    }
    m_pass->next = wire->first;
    m_passTimer.start();
}

/// What it left is laid with what is to be laid next.
void CanvasScene::abandonPass()
{
    m_passTimer.stop();
    if (!m_pass)
        return;
    for (auto wire = m_pass->next ? m_links.lower_bound(*m_pass->next) : m_links.begin(); wire != m_links.end(); ++wire)
        wire->second->forgetRoute();
    m_pass.reset();
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
    abandonPass();
    const RouteField field(cardRects());
    for (const auto &[link, item] : m_links) {
        if (nodes.contains(link.from.node) || nodes.contains(link.to.node))
            item->routeForNow(field);
    }
}

} // namespace netloom
