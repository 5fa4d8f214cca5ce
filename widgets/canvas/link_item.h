// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/link_route.h"

#include <QGraphicsItem>

#include "graph/ids.h"
#include "graph/node_spec.h"

namespace netloom {

class CanvasScene;
class CanvasStyle;

/// A wire on the scene.
class LinkItem : public QGraphicsItem {
public:
    LinkItem(CanvasScene &scene, Link link);

    const Link &link() const { return m_link; }
    const QPainterPath &path() const { return m_path; }

    /// Lays the wire anew around @p cards, and its label clear of them and of @p labels.
    void route(const std::vector<QRectF> &cards, const std::vector<QRectF> &labels);
    /// Reads kind, shape and faults from the document again; true when the label's text changed.
    bool refresh();

    std::optional<QRectF> labelRect() const { return m_label; }
    QString shapeText() const { return m_shape; }

    void setSelectedLook(bool selected);
    void setHovered(bool hovered);
    void setMarked(bool marked); ///< a node would be inserted here
    bool isNear(QPointF scenePoint, double tolerance) const;

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void setLook(bool &look, bool value);
    void drawLabel(QPainter &painter) const;
    void placeText(const std::vector<QRectF> &cards, const std::vector<QRectF> &labels);

    CanvasScene &m_scene;
    Link m_link;
    QPainterPath m_path;
    QRectF m_bounds;
    std::optional<QRectF> m_label;
    QString m_shape;      ///< "N×32×14×14"
    QString m_labelText;  ///< what of it fits
    PortKind m_kind = PortKind::Tensor;
    bool m_faulty = false;
    bool m_selected = false;
    bool m_hovered = false;
    bool m_marked = false;
};

/// Paints a wire along @p path.
void paintWire(QPainter &painter, const QPainterPath &path, const QColor &colour, double width);

} // namespace netloom
