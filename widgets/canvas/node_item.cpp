// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_item.h"

#include "canvas/canvas_scene.h"
#include "canvas/ghost_painter.h"

#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr double kDimmed = 0.65;   ///< opacity of what a comparison finds unchanged
constexpr double kMarkRoom = 44;   ///< around a marked card, for its sign where the zoom is far out

} // namespace

NodeItem::NodeItem(CanvasScene &scene, NodeId id) : m_scene(scene), m_id(id)
{
    const Point position = scene.document().graph().find(id)->position;
    setPos(position.x, position.y);
    refresh();
    raise();
}

bool NodeItem::refresh()
{
    NodeFace face = faceOf(m_scene.document(), m_id);
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

void NodeItem::setDiffMark(std::optional<DiffMark> mark)
{
    if (m_diffMark == mark)
        return;
    prepareGeometryChange();
    m_diffMark = mark;
    setOpacity(mark == DiffMark::Unchanged ? kDimmed : 1);
    update();
}

QRectF NodeItem::boundingRect() const
{
    const bool isMarked = m_diffMark && *m_diffMark != DiffMark::Unchanged;
    return isMarked ? m_geometry.card.adjusted(-kMarkRoom, -kMarkRoom, kMarkRoom, kMarkRoom) : m_geometry.bounds();
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
    if (m_diffMark && *m_diffMark != DiffMark::Unchanged)
        paintDiffMark(*painter);
}

/// Around the card, so that its own outline still tells of selection and trouble.
void NodeItem::paintDiffMark(QPainter &painter) const
{
    const bool added = *m_diffMark == DiffMark::Added;
    const Theme &theme = m_scene.style().theme();
    const QColor colour = added ? theme.success : theme.warning;
    const QRectF around = m_geometry.card.adjusted(-5, -5, 5, 5);
    painter.setPen(QPen(colour, std::max(3.0, 1.5 * tagScale(painter))));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(around, NodeGeometry::kRadius + 5, NodeGeometry::kRadius + 5);
    paintSign(painter, around.topLeft() + QPointF(4, 4), added ? GhostSign::Plus : GhostSign::Change, colour, theme);
}

void NodeItem::raise()
{
    setZValue(m_selected ? 3 : 2);
}

} // namespace netloom
