// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>

#include "graph/ids.h"

namespace netloom {

class CanvasScene;

/// A frame on the scene: a tinted area with a title, behind wires and cards. Only its title and its edges are in the hand's way.
class FrameItem : public QGraphicsItem {
public:
    static constexpr double kTitleHeight = 40; ///< scene units
    static constexpr double kMargin = 20;      ///< between its edge and the cards that it was drawn around

    FrameItem(CanvasScene &scene, NodeId id);

    NodeId id() const { return m_id; }
    /// Reads the document again.
    void refresh();
    void setSelectedLook(bool selected);
    /// Shows another area until the document is read again.
    void previewArea(const QRectF &area);

    // In scene coordinates.
    QRectF area() const { return QRectF(pos(), m_size); }
    QRectF titleRect() const { return {pos(), QSizeF(m_size.width(), kTitleHeight)}; }
    /// The edges within @p reach of @p scenePoint; two at a corner, none inside and outside.
    Qt::Edges edgesAt(QPointF scenePoint, double reach) const;
    /// Whether all of @p rect, or its middle, lies in the area.
    bool holds(const QRectF &rect) const { return area().contains(rect); }
    bool holdsMiddle(const QRectF &rect) const { return area().contains(rect.center()); }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void resize(QSizeF size);
    void paintTitle(QPainter &painter, const QColor &colour) const;

    CanvasScene &m_scene;
    NodeId m_id;
    QSizeF m_size;
    QString m_title;
    std::string m_color;
    bool m_selected = false;
};

/// What a frame around @p cards covers: a margin, room for the title, on the grid.
QRectF frameAround(const QRectF &cards);

} // namespace netloom
