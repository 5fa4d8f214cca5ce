// SPDX-License-Identifier: GPL-3.0-or-later
// What lies where on the canvas: the questions that gestures ask the scene.
#include "canvas/canvas_scene.h"

#include "canvas/comparison_ghost.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

QRectF around(QPointF point, double reach)
{
    return {point.x() - reach, point.y() - reach, 2 * reach, 2 * reach};
}

} // namespace

NodeItem *CanvasScene::nodeAt(QPointF scenePoint) const
{
    for (QGraphicsItem *item : items(around(scenePoint, 1), Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        auto *node = dynamic_cast<NodeItem *>(item);
        if (node && node->cardRect().contains(scenePoint))
            return node;
    }
    return nullptr;
}

NodeItem *CanvasScene::badgeAt(QPointF scenePoint) const
{
    for (QGraphicsItem *item : items(around(scenePoint, 1), Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        auto *node = dynamic_cast<NodeItem *>(item);
        if (node && node->face().severity && node->geometry().badge.translated(node->pos()).contains(scenePoint))
            return node;
    }
    return nullptr;
}

std::vector<PortHit> CanvasScene::portsOf(const NodeItem &item) const
{
    std::vector<PortHit> ports;
    for (std::size_t index = 0; index < item.face().inputs.size(); ++index)
        ports.push_back({{item.id(), item.face().inputs[index].name}, false, item.pos() + item.geometry().inputs[index]});
    for (std::size_t index = 0; index < item.face().outputs.size(); ++index)
        ports.push_back({{item.id(), item.face().outputs[index].name}, true, item.pos() + item.geometry().outputs[index]});
    return ports;
}

std::vector<PortHit> CanvasScene::portsNear(QPointF scenePoint, double reach) const
{
    std::vector<PortHit> near;
    for (QGraphicsItem *item : items(around(scenePoint, reach), Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        const auto *node = dynamic_cast<NodeItem *>(item);
        if (!node)
            continue;
        for (PortHit &port : portsOf(*node)) {
            if (distance(port.place, scenePoint) <= reach)
                near.push_back(std::move(port));
        }
    }
    std::ranges::stable_sort(near, {}, [&](const PortHit &port) { return distance(port.place, scenePoint); });
    return near;
}

std::optional<PortHit> CanvasScene::portAt(QPointF scenePoint, double tolerance) const
{
    const auto near = portsNear(scenePoint, tolerance);
    return near.empty() ? std::nullopt : std::optional(near.front());
}

std::optional<PortHit> CanvasScene::portOf(const PortRef &port, bool output) const
{
    const NodeItem *item = nodeItem(port.node);
    const auto place = item ? item->portPosition(port.port, output) : std::nullopt;
    return place ? std::optional(PortHit{port, output, *place}) : std::nullopt;
}

LinkItem *CanvasScene::linkAt(QPointF scenePoint, double tolerance) const
{
    for (QGraphicsItem *item : items(around(scenePoint, tolerance), Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        auto *link = dynamic_cast<LinkItem *>(item);
        if (link && link->isVisible() && link->isNear(scenePoint, tolerance))
            return link;
    }
    return nullptr;
}

std::vector<NodeItem *> CanvasScene::nodesIn(const QRectF &rect) const
{
    std::vector<NodeItem *> found;
    for (const auto &[id, item] : m_nodes) {
        if (item->cardRect().intersects(rect))
            found.push_back(item);
    }
    return found;
}

std::vector<LinkItem *> CanvasScene::linksIn(const QRectF &rect) const
{
    std::vector<LinkItem *> found;
    for (const auto &[link, item] : m_links) {
        if (item->boundingRect().intersects(rect) && item->path().intersects(rect))
            found.push_back(item);
    }
    return found;
}

QRectF CanvasScene::cardsRect(const std::set<NodeId> &nodes) const
{
    QRectF rect;
    for (NodeId id : nodes) {
        if (const NodeItem *item = nodeItem(id))
            rect = rect.united(item->cardRect());
        else if (const FrameItem *frame = frameItem(id))
            rect = rect.united(frame->area());
    }
    return rect;
}

QRectF CanvasScene::cardsRect() const
{
    QRectF rect;
    for (const auto &[id, item] : m_nodes)
        rect = rect.united(item->cardRect());
    for (const auto &[id, frame] : m_frames)
        rect = rect.united(frame->area());
    return rect.united(m_comparisonGhost->area());
}

} // namespace netloom
