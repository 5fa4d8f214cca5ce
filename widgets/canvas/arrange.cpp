// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/arrange.h"

#include "canvas/node_geometry.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace netloom {

namespace {

constexpr double kGrid = NodeGeometry::kGrid;
constexpr int kFarthest = 400; ///< steps of the grid that a way moves to get off other cards

double onGrid(double value)
{
    return std::round(value / kGrid) * kGrid;
}

bool isHorizontal(Alignment alignment)
{
    return alignment == Alignment::Left || alignment == Alignment::Centre || alignment == Alignment::Right;
}

/// How much of a card's size lies before the line that the cards have in common.
double shareBefore(Alignment alignment)
{
    switch (alignment) {
    case Alignment::Left:
    case Alignment::Top: return 0;
    case Alignment::Centre:
    case Alignment::Middle: return 0.5;
    case Alignment::Right:
    case Alignment::Bottom: break;
    }
    return 1;
}

/// The nodes of one level way, from left to right, with the wires between them.
struct Way {
    std::vector<NodeId> nodes;
    std::vector<PortWire> wires;
};

/// How the longest way from a node goes on.
struct Onward {
    std::size_t length = 1;
    const PortWire *wire = nullptr;
};

/// The longest way over @p wires through @p nodes, which come from right to left.
Way longestWay(const std::vector<NodeId> &nodes, const std::multimap<NodeId, PortWire> &wires)
{
    std::map<NodeId, Onward> onward;
    NodeId start = nodes.front();
    for (NodeId id : nodes) {
        Onward best;
        const auto [first, last] = wires.equal_range(id);
        for (auto wire = first; wire != last; ++wire) {
            const auto next = onward.find(wire->second.to);
            if (next != onward.end() && next->second.length + 1 > best.length)
                best = {next->second.length + 1, &wire->second};
        }
        onward[id] = best;
        if (best.length >= onward[start].length)
            start = id;
    }
    Way way{{start}, {}};
    while (const PortWire *wire = onward[way.nodes.back()].wire) {
        way.wires.push_back(*wire);
        way.nodes.push_back(wire->to);
    }
    return way;
}

/// All cards as ways, the longest first.
std::vector<Way> waysThrough(const Cards &cards, const std::vector<PortWire> &wires)
{
    std::multimap<NodeId, PortWire> rightward;
    for (const PortWire &wire : wires) {
        const auto from = cards.find(wire.from);
        const auto to = cards.find(wire.to);
        if (from != cards.end() && to != cards.end() && from->second.right() <= to->second.left())
            rightward.emplace(wire.from, wire);
    }
    std::vector<NodeId> free;
    for (const auto &[id, card] : cards)
        free.push_back(id);
    std::ranges::stable_sort(free, std::greater<>{}, [&](NodeId id) { return cards.at(id).left(); });
    std::vector<Way> ways;
    while (!free.empty()) {
        ways.push_back(longestWay(free, rightward));
        const std::set<NodeId> used(ways.back().nodes.begin(), ways.back().nodes.end());
        std::erase_if(free, [&](NodeId id) { return used.contains(id); });
    }
    return ways;
}

/// The nearest shift of @p cards, in steps of the grid, at which they cover none of @p taken.
double shiftOff(const std::vector<QRectF> &cards, const std::vector<QRectF> &taken)
{
    const auto covers = [&](double shift) {
        return std::ranges::any_of(cards, [&](const QRectF &card) {
            return std::ranges::any_of(taken, [&](const QRectF &other) { return card.translated(0, shift).intersects(other); });
        });
    };
    for (int step = 0; step <= kFarthest; ++step) {
        for (const double shift : {step * kGrid, -step * kGrid}) {
            if (!covers(shift))
                return shift;
        }
    }
    return 0;
}

} // namespace

Places aligned(const Cards &cards, Alignment alignment)
{
    if (cards.empty())
        return {};
    const bool horizontal = isHorizontal(alignment);
    const auto start = [&](const QRectF &card) { return horizontal ? card.left() : card.top(); };
    const auto size = [&](const QRectF &card) { return horizontal ? card.width() : card.height(); };
    double first = start(cards.begin()->second);
    double last = first;
    double largest = 0;
    for (const auto &[id, card] : cards) {
        first = std::min(first, start(card));
        last = std::max(last, start(card) + size(card));
        largest = std::max(largest, size(card));
    }
    const double share = shareBefore(alignment);
    const double line = onGrid(first + (last - first) * share - largest * share) + largest * share;
    Places places;
    for (const auto &[id, card] : cards) {
        const double place = line - size(card) * share;
        places[id] = horizontal ? QPointF(place, card.top()) : QPointF(card.left(), place);
    }
    return places;
}

Places distributed(const Cards &cards, Qt::Orientation orientation)
{
    if (cards.size() < 2)
        return {};
    const bool horizontal = orientation == Qt::Horizontal;
    const auto start = [&](const QRectF &card) { return horizontal ? card.left() : card.top(); };
    const auto size = [&](const QRectF &card) { return horizontal ? card.width() : card.height(); };
    std::vector<std::pair<NodeId, QRectF>> order(cards.begin(), cards.end());
    std::ranges::stable_sort(order, {}, [&](const auto &entry) { return start(entry.second) + size(entry.second) / 2; });
    double sizes = 0;
    for (const auto &[id, card] : order)
        sizes += size(card);
    const QRectF &last = order.back().second;
    const double room = start(last) + size(last) - start(order.front().second) - sizes;
    const double gap = std::max(kGrid, onGrid(room / double(order.size() - 1)));
    double place = onGrid(start(order.front().second));
    Places places;
    for (const auto &[id, card] : order) {
        places[id] = horizontal ? QPointF(place, card.top()) : QPointF(card.left(), place);
        place += size(card) + gap;
    }
    return places;
}

Places straightened(const Cards &cards, const std::vector<PortWire> &wires, const std::vector<QRectF> &others)
{
    Places places;
    std::vector<QRectF> taken = others;
    for (const Way &way : waysThrough(cards, wires)) {
        QRectF card = cards.at(way.nodes.front());
        card.moveTop(onGrid(card.top()));
        std::vector<QRectF> level{card};
        for (const PortWire &wire : way.wires) {
            const double top = level.back().top() + wire.fromDrop - wire.toDrop;
            card = cards.at(wire.to);
            card.moveTop(top);
            level.push_back(card);
        }
        const double shift = shiftOff(level, taken);
        for (std::size_t index = 0; index < level.size(); ++index) {
            level[index].translate(0, shift);
            places[way.nodes[index]] = level[index].topLeft();
            taken.push_back(level[index]);
        }
    }
    return places;
}

} // namespace netloom
