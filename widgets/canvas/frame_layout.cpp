// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame_layout.h"

#include "canvas/frame_item.h"
#include "canvas/node_geometry.h"
#include "graph/graph.h"

#include <algorithm>

namespace netloom {

namespace {

using Frames = std::map<NodeId, FrameContents>;

constexpr double kInnerAspect = 6; ///< width to height inside a frame: a few cards make one row

bool isIn(const Frames &frames, NodeId inner, NodeId outer)
{
    if (inner == outer || !frames.at(outer).items.contains(inner))
        return false;
    return !frames.at(inner).items.contains(outer) || outer < inner; // of two that cover the same, one is in the other
}

class Layout {
public:
    Layout(const Graph &graph, const std::map<NodeId, CardSize> &cards, const Frames &frames) : m_graph(graph), m_cards(cards), m_frames(frames) {}

    /// @p cards and @p frames in one plane, the top left corner at (0, 0).
    FramedLayout laidOut(std::set<NodeId> cards, const std::set<NodeId> &frames, const LayoutOptions &options) const
    {
        std::map<NodeId, NodeId> owners; ///< cards → what stands for them in this plane
        std::map<NodeId, CardSize> sizes;
        std::map<NodeId, FramedLayout> insides;
        for (const NodeId frame : frames) {
            const bool outermost = std::ranges::none_of(frames, [&](NodeId other) { return isIn(m_frames, frame, other); });
            if (!outermost)
                continue;
            std::set<NodeId> innerCards;
            std::set<NodeId> innerFrames;
            for (const NodeId item : m_frames.at(frame).items) {
                if (cards.erase(item))
                    innerCards.insert(item);
                else if (frames.contains(item) && isIn(m_frames, item, frame))
                    innerFrames.insert(item);
            }
            for (const NodeId card : innerCards)
                owners[card] = frame;
            LayoutOptions wide = options;
            wide.aspect = kInnerAspect;
            FramedLayout inside = laidOut(std::move(innerCards), innerFrames, wide);
            sizes[frame] = sizeAround(inside, m_frames.at(frame).size);
            insides.emplace(frame, std::move(inside));
        }
        for (const NodeId card : cards) {
            owners[card] = card;
            sizes[card] = m_cards.at(card);
        }
        FramedLayout result;
        for (const auto &[id, at] : layeredLayout(planeOf(owners, sizes), sizes, options)) {
            const QPointF place = snapped({at.x, at.y});
            if (const auto inside = insides.find(id); inside != insides.end())
                putIn(result, id, {place, QSizeF(sizes[id].width, sizes[id].height)}, inside->second);
            else
                result.cards[id] = place;
        }
        return result;
    }

private:
    /// The graph with a node for each card and frame of the plane.
    Graph planeOf(const std::map<NodeId, NodeId> &owners, const std::map<NodeId, CardSize> &sizes) const
    {
        Graph plane;
        for (const auto &[id, size] : sizes)
            plane.insertNode(*m_graph.find(id));
        for (const Link &link : m_graph.links()) {
            const auto from = owners.find(link.from.node);
            const auto to = owners.find(link.to.node);
            if (from != owners.end() && to != owners.end() && from->second != to->second)
                plane.addLink({{from->second, link.from.port}, {to->second, link.to.port}});
        }
        return plane;
    }

    CardSize sizeAround(const FramedLayout &inside, CardSize empty) const
    {
        QRectF all;
        for (const auto &[id, place] : inside.cards)
            all |= QRectF(place, QSizeF(m_cards.at(id).width, m_cards.at(id).height));
        for (const auto &[id, area] : inside.frames)
            all |= area;
        if (all.isEmpty())
            return empty;
        const QRectF around = frameAround(all);
        return {around.width(), around.height()};
    }

    static void putIn(FramedLayout &result, NodeId frame, const QRectF &area, const FramedLayout &inside)
    {
        const QPointF corner = area.topLeft() - frameAround(QRectF(0, 0, NodeGeometry::kGrid, NodeGeometry::kGrid)).topLeft();
        result.frames[frame] = area;
        for (const auto &[id, place] : inside.cards)
            result.cards[id] = corner + place;
        for (const auto &[id, inner] : inside.frames)
            result.frames[id] = inner.translated(corner);
    }

    const Graph &m_graph;
    const std::map<NodeId, CardSize> &m_cards;
    const Frames &m_frames;
};

} // namespace

FramedLayout layoutWithFrames(const Graph &graph, const std::map<NodeId, CardSize> &cards, const std::map<NodeId, FrameContents> &frames,
    const LayoutOptions &options)
{
    std::set<NodeId> cardIds;
    std::set<NodeId> frameIds;
    for (const auto &[id, size] : cards)
        cardIds.insert(id);
    for (const auto &[id, contents] : frames)
        frameIds.insert(id);
    return Layout(graph, cards, frames).laidOut(std::move(cardIds), frameIds, options);
}

} // namespace netloom
