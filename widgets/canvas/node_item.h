// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/node_painter.h"
#include "document/comparison.h"

#include <QGraphicsItem>

namespace netloom {

class CanvasScene;

/// A node's card on the scene. It only shows: what the hand does to it is the gestures' business.
class NodeItem : public QGraphicsItem {
public:
    NodeItem(CanvasScene &scene, NodeId id);

    NodeId id() const { return m_id; }
    const NodeFace &face() const { return m_face; }
    const NodeGeometry &geometry() const { return m_geometry; }

    /// Reads the document again; true when the card's size or its ports changed.
    bool refresh();
    /// The same after a change of theme or font.
    void restyle();

    void setSelectedLook(bool selected);
    void setHovered(bool hovered);
    /// What a comparison says of the node; nothing while there is none.
    void setDiffMark(std::optional<DiffMark> mark);
    std::optional<DiffMark> diffMark() const { return m_diffMark; }

    /// In scene coordinates.
    QRectF cardRect() const { return m_geometry.card.translated(pos()); }
    QRectF previewRect() const { return m_geometry.preview.translated(pos()); }
    QRectF titleRect() const { return m_geometry.header.translated(pos()); }
    std::optional<QPointF> portPosition(const std::string &port, bool output) const;
    std::size_t portIndex(const std::string &port, bool output) const;

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void raise();
    void paintDiffMark(QPainter &painter) const;

    CanvasScene &m_scene;
    NodeId m_id;
    NodeFace m_face;
    NodeGeometry m_geometry;
    bool m_selected = false;
    bool m_hovered = false;
    std::optional<DiffMark> m_diffMark;
};

} // namespace netloom
