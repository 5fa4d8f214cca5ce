// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_placement.h"

#include "canvas/canvas_scene.h"

#include <algorithm>
#include <cmath>

namespace netloom {

QPointF freePlace(const CanvasScene &scene, QPointF wish, QSizeF size)
{
    const double grid = NodeGeometry::kGrid;
    QPointF place = snapped(wish);
    while (true) {
        const QRectF card(place, size);
        const auto touched = scene.nodesIn(card.adjusted(-grid, -grid, grid, grid));
        if (touched.empty())
            return place;
        double below = card.top() + grid;
        for (const NodeItem *item : touched)
            below = std::max(below, item->cardRect().bottom() + 2 * grid);
        place = snapped({place.x(), below});
    }
}

std::map<NodeId, Point> roomFor(const CanvasScene &scene, const Link &link, double width)
{
    const NodeItem *source = scene.nodeItem(link.from.node);
    const NodeItem *target = scene.nodeItem(link.to.node);
    const QRectF from = source->cardRect();
    const double needed = from.right() + 2 * NodeGeometry::kGap + width - target->cardRect().left();
    // A target in another row, or behind, has room in front of it.
    if (needed <= 0 || target->cardRect().left() < from.right())
        return {};
    const double shift = std::ceil(needed / NodeGeometry::kGrid) * NodeGeometry::kGrid;
    const QRectF row(from.right(), from.top() - 100, 1e6, from.height() + 200);
    std::map<NodeId, Point> moved;
    const Graph &graph = scene.document().graph();
    for (const NodeItem *item : scene.nodesIn(row)) {
        if (item->cardRect().left() >= from.right() && graph.reaches(link.to.node, item->id()))
            moved[item->id()] = {item->pos().x() + shift, item->pos().y()};
    }
    return moved;
}

} // namespace netloom
