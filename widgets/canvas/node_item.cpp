// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_item.h"

#include "canvas/canvas_scene.h"

#include <QPainter>

#include <algorithm>

namespace netloom {

NodeItem::NodeItem(CanvasScene &scene, NodeId id, const LinkIndex *links) : m_scene(scene), m_id(id)
{
    const Point position = scene.document().graph().find(id)->position;
    setPos(position.x, position.y);
    refresh(links);
    raise();
}

bool NodeItem::refresh(const LinkIndex *links)
{
    NodeFace face = faceOf(m_scene.document(), m_id, links);
    if (face == m_face)
        return false;
    m_face = std::move(face);
    NodeGeometry geometry = geometryOf(m_face, m_scene.style());
    const bool moved = geometry.card != m_geometry.card || geometry.inputs != m_geometry.inputs
        || geometry.outputs != m_geometry.outputs;
    if (moved)
        prepareGeometryChange();
    m_geometry = std::move(geometry);
    update();
    return moved;
}

void NodeItem::restyle()
{
    prepareGeometryChange();
    m_geometry = geometryOf(m_face, m_scene.style());
    update();
}

void NodeItem::setSelectedLook(bool selected)
{
    if (m_selected == selected)
        return;
    m_selected = selected;
    raise();
    update();
}

void NodeItem::setHovered(bool hovered)
{
    if (m_hovered == hovered)
        return;
    m_hovered = hovered;
    update();
}

std::optional<QPointF> NodeItem::portPosition(const std::string &port, bool output) const
{
    const auto &ports = output ? m_face.outputs : m_face.inputs;
    const std::size_t index = portIndex(port, output);
    if (index >= ports.size())
        return std::nullopt;
    return pos() + (output ? m_geometry.outputs : m_geometry.inputs)[index];
}

std::size_t NodeItem::portIndex(const std::string &port, bool output) const
{
    const auto &ports = output ? m_face.outputs : m_face.inputs;
    const auto found = std::ranges::find_if(ports, [&](const PortFace &face) { return face.name == port; });
    return static_cast<std::size_t>(found - ports.begin());
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    NodeLook look;
    look.selected = m_selected;
    look.hovered = m_hovered;
    look.port = [this](std::size_t index, bool output) {
        const PortFace &port = (output ? m_face.outputs : m_face.inputs)[index];
        return m_scene.portLook({m_id, port.name}, output);
    };
    look.preview = [this](QPainter &on, const QRectF &rect) {
        if (CardPreview *preview = m_scene.previewOf(m_id))
            preview->paint(on, rect, m_scene.style());
    };
    paintNode(*painter, m_face, m_geometry, look, m_scene.style());
}

void NodeItem::raise()
{
    setZValue(m_selected ? 3 : 2);
}

} // namespace netloom
