// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/link_route.h"

#include <QGraphicsItem>

#include "document/comparison.h"
#include "graph/ids.h"
#include "graph/node_spec.h"

namespace netloom {

class CanvasScene;
class CanvasStyle;

class LinkItem;

/// The shape on a wire. An item of its own, above all wires, so that none runs through its text.
class LinkLabel : public QGraphicsItem {
public:
    explicit LinkLabel(const LinkItem &wire);

    void place(const std::optional<QRectF> &rect, const QString &text);
    const std::optional<QRectF> &rect() const { return m_rect; }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    // The most that it takes when seen from afar, scene units: the gap between two cards.
    static constexpr double kFarWidth = 86;
    static constexpr double kFarHeight = 40;

    bool enlarge(QRectF &rect, QString &text, QFont &font, double scale) const;

    const LinkItem &m_wire;
    std::optional<QRectF> m_rect;
    QString m_text;
};

/// A wire on the scene.
class LinkItem : public QGraphicsItem {
public:
    LinkItem(CanvasScene &scene, Link link);
    ~LinkItem() override;

    const Link &link() const { return m_link; }
    const QPainterPath &path() const { return m_path; }

    /// Lays the wire and its label anew, clear of what is in @p field.
    void route(const RouteField &field);
    /// The same for the moment: the next routeAgain() lays it anew.
    void routeForNow(const RouteField &field)
    {
        route(field);
        forgetRoute();
    }
    /// As route() where its ends, its text or, in @p changed, something that it keeps clear of is another than when it was laid last; then takes
    /// its place in @p field, and what it left or took is in @p changed.
    void routeAgain(RouteField &field, RectGrid &changed);
    /// Whatever changed, the next routeAgain() lays it anew.
    void forgetRoute() { m_stale = true; }
    /// Whether it leads to where its ends are.
    bool isLaid() const;
    const std::optional<QLineF> &run() const { return m_run; }
    /// What others kept clear of when they were laid by routeAgain(): its level stretch and its label.
    const std::vector<QRectF> &taken() const { return m_taken; }
    /// Reads kind, shape and faults from the document again; true when the label's text changed.
    bool refresh();

    const std::optional<QRectF> &labelRect() const { return m_label->rect(); }
    QString shapeText() const { return m_shape; }

    void setSelectedLook(bool selected);
    void setHovered(bool hovered);
    /// What a comparison says of the wire; nothing while there is none. A wire that came although both its nodes were there has a sign.
    void setDiffMark(std::optional<DiffMark> mark, bool withSign);
    std::optional<DiffMark> diffMark() const { return m_diffMark; }
    void setMarked(bool marked); ///< a node would be inserted here
    void setHidden(bool hidden); ///< while it is in the hand
    CanvasStyle &style() const;
    QColor colour() const;
    double width() const;
    bool emphasised() const { return m_selected || m_hovered; }
    bool isNear(QPointF scenePoint, double tolerance) const;

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void setLook(bool &look, bool value);
    void raise();
    void placeText(const RouteField &field);

    CanvasScene &m_scene;
    Link m_link;
    QPainterPath m_path;
    QPainterPath m_coarse; ///< the same for far out
    QRectF m_bounds;
    std::optional<QLineF> m_run;
    std::optional<LinkEnds> m_ends; ///< as they were when it was laid
    bool m_stale = true;            ///< it is to be laid anew
    QRectF m_watched;               ///< what lies elsewhere made no difference
    std::vector<QRectF> m_taken;
    LinkLabel *m_label;   ///< the scene's; goes with this
    QString m_shape;      ///< "N×32×14×14"
    std::int64_t m_numbers = 0; ///< of one sample; 0 where that isn't known
    PortKind m_kind = PortKind::Tensor;
    bool m_faulty = false;
    bool m_selected = false;
    bool m_hovered = false;
    bool m_marked = false;
    std::optional<DiffMark> m_diffMark;
    bool m_diffSign = false;
};

/// Paints a wire along @p path.
void paintWire(QPainter &painter, const QPainterPath &path, const QColor &colour, double width);

} // namespace netloom
